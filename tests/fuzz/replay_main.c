/* Runs a fuzz target on files, without a fuzzer: replay FILE... . Exits 1 if a file can't be read; a finding ends the
 * program. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads all of `stream` into a malloc()ed block; NULL on failure. */
static uint8_t *read_all(FILE *stream, size_t *size)
{
    size_t room = 1 << 16;
    uint8_t *data = malloc(room);
    *size = 0;
    while (data) {
        *size += fread(data + *size, 1, room - *size, stream);
        if (*size < room)
            break;
        room *= 2;
        uint8_t *const grown = realloc(data, room);
        if (!grown)
            free(data);
        data = grown;
    }
    if (data && ferror(stream)) {
        free(data);
        data = NULL;
    }
    return data;
}

static int replay(const char *path)
{
    FILE *const stream = fopen(path, "rb");
    if (!stream) {
        perror(path);
        return 1;
    }
    size_t size;
    uint8_t *const data = read_all(stream, &size);
    fclose(stream);
    if (!data) {
        fprintf(stderr, "replay: %s: cannot read it\n", path);
        return 1;
    }
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%d files replayed\n", argc - 1);
    return failed;
}
