/* Fuzz target of the module's conversation with its server: the input is what the server says. The module has no voice
 * (INIT is left out), so all is heard but nothing is spoken. */
int sd_linnet_main(int argc, char **argv);
#define main sd_linnet_main
#include "speechd/sd_main.c"
#undef main

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define require(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int out = -1, ends[2];
    static struct sd_log log;
    if (out < 0) {
        out = open("/dev/null", O_WRONLY | O_NONBLOCK);
        require(out >= 0 && pipe(ends) == 0 && sd_log_open(&log) && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
        sd_log_set_level(&log, 0);
    }
    struct module m = {.log = log, .in = {.fd = ends[0]}, .out = {.fd = out}};
    sd_params_init(&m.params);
    for (size_t done = 0, n; done < size && !m.quit; done += n) { /* in pieces, as a pipe has them */
        n = 1 + data[done] * 16u;
        n = n < size - done ? n : size - done;
        require(write(ends[1], data + done, n) == (ssize_t)n);
        require(sd_reader_fill(&m.in) == SD_READ_SOME);
        size_t length;
        bool cut;
        for (char *line; !m.quit && (line = sd_reader_line(&m.in, &length, &cut));)
            if (strcmp(line, "INIT") != 0 && strncmp(line, "DEBUG", 5) != 0)
                take_line(&m, line, length, cut);
        send_all(&m);
        require(!m.out.failed);
    }
    sd_reader_clear(&m.in);
    sd_writer_clear(&m.out);
    base_buffer_free(&m.text);
    return 0;
}
