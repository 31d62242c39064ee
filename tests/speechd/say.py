"""say.py FILE.wav TEXT: what the module says, as the server asks it to."""

import os
import sys
import wave
from xml.sax.saxutils import escape

from module import Module

module = Module([os.environ["SD_LINNET"]])
module.start()
samples = module.say(f"<speak>{escape(sys.argv[2])}</speak>")
with wave.open(sys.argv[1], "wb") as file:
    file.setparams((1, 2, module.rate, 0, "NONE", None))
    file.writeframes(samples)
sys.exit(module.quit())
