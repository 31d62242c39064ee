/* Fuzz target of the module's configuration, linnet.conf. */
#define _DEFAULT_SOURCE
#include "tests/fuzz/scratch.h"

#include "speechd/sd_config.h"
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sd_config config;
    static struct sd_log log;
    static int opened;
    if (!opened++)
        require(sd_log_open(&log));
    sd_log_set_level(&log, 0);
    sd_config_init(&config);
    sd_config_read(&config, scratch_file(data, size), &log);
    require(config.min_rate >= 20 && config.normal_rate <= 2000 && isfinite(config.max_rate));
    require(config.rate_boost >= 1 && config.rate_boost <= 4 && config.threads >= 0 && config.threads <= 2);
    require(memchr(config.voice, 0, sizeof config.voice) && memchr(config.log, 0, sizeof config.log));
    return 0;
}
