"""Runs a script of commands and prints the conversation: "> " what was sent, "< " what came back; audio blocks in a
row are one line.

  transcript.py SCRIPT COMMAND...

Lines of the script are sent as they are, except: "@until WORDS" waits for a line that begins with the words,
"@quiet" waits for a moment in which nothing may come, "@raw TEXT" sends TEXT with its escapes (\\n, \\x00) and no
line end, "@repeat N TEXT" sends TEXT N times."""

import sys

from module import Module


class Transcript:
    """Prints the lines; "AUDIO" once, however many blocks there are and whatever is sent meanwhile."""

    def __init__(self):
        self.audio = False

    def show(self, lines):
        for line in lines:
            if line != "AUDIO" or not self.audio:
                print("<", line)
            self.audio = line == "AUDIO"


def run(script, command):
    module = Module(command)
    show = Transcript().show
    for line in script.read().split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if word == "@until":
            show(module.until(rest))
            continue
        if word == "@quiet":
            while (got := module.line(0.2)) is not None:
                print("<", got)
            continue
        if word == "@raw":
            module.send(rest.encode().decode("unicode_escape").encode("latin-1"))
        elif word == "@repeat":
            count, _, text = rest.partition(" ")
            module.send(text * int(count))
        else:
            module.send(line + "\n")
        print(">", line)
    module.process.stdin.close()
    while (got := module.line()) is not None:
        print("<", got)
    print("exit", module.process.wait(20))


with open(sys.argv[1]) as file:
    run(file, sys.argv[2:])
