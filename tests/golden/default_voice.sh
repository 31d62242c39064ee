#!/bin/sh
# The default voice end to end: what C makes of it against what PyTorch made of the same weights (voices/train/golden.py).
exec "${BUILD:-build/$(cat build/current)}/tests/golden/test_golden" voices/linnet-en.gguf tests/golden/linnet-en.golden
