"""The English lines of a corpus, for texts.py: LJ Speech sentences (without the LJ050 ones, which test) between lines written for this project.

What a screen reader says (buttons, keys, letters, digits, single words), questions, exclamations, names, dates, lists and loose
clauses. Neural voices fail on one-word items unless they train on thousands of them. Deterministic: the same metadata, the same lines,
and a line's number names its files in the corpus, so lines are only ever appended.
"""
import collections
import hashlib
import itertools
import random
import re

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "Zero One Two Three Four Five Six Seven Eight Nine".split()
CONTROLS = """button|link|check box checked|check box not checked|edit text|dialog|menu|menu item|tab|list item|heading level 1|\
heading level 2|heading level 3|combo box|slider|tree item expanded|tree item collapsed|toggle button pressed|\
table with 3 columns|row 4 column 2|unavailable|selected|visited link|image|read only|required|password text|\
progress bar 40 percent|radio button|clickable|frame|scroll bar|status bar|tool bar|window|alert|blank|landmark|separator"""
LABELS = """OK|Cancel|Save|Save as|Open|Close|Print|Apply|Help|Yes|No|File|Edit|View|Insert|Format|Tools|Settings|Preferences|\
Home|Search|Sign in|Sign out|Log in|Submit|Next|Back|Previous|Finish|Delete|Rename|Copy|Paste|Cut|Undo|Redo|Select all|Find|\
Replace|New folder|Documents|Downloads|Pictures|Music|Desktop|Trash|Inbox|Sent|Drafts|Reply|Forward|Compose|Subject|Address bar|\
Bookmarks|History|Reload|Zoom in|Zoom out|Full screen|Volume|Mute|Play|Pause|Stop|Language|Keyboard|Mouse|Network|Bluetooth|\
Battery|Power off|Restart|Log out|Lock screen|Terminal|Calendar|Contacts|Weather|Clock|Calculator|Text editor|Web browser|\
Password|User name|Email address|Phone number|Date of birth|Country|City|Postal code|Continue|Accept|Decline|\
Skip to main content|Share|Download|Upload|Attach file|Send message|Options|More information|Advanced|Privacy|Security|\
Accessibility|Screen reader|Speech rate|Pitch|Punctuation level|Line|Paragraph|Page"""
KEYS = """escape|enter|return|tab|space|backspace|delete|insert|home|end|page up|page down|up arrow|down arrow|left arrow|\
right arrow|left|right|up|down|caps lock|num lock|scroll lock|print screen|pause|menu|super|windows|alt|control|shift|F1|F2|F3|F4|F5|\
F6|F7|F8|F9|F10|F11|F12|control alt delete|alt F4|alt tab|shift tab|control C|control V|control X|control Z|control S|comma|period|\
full stop|semicolon|colon|slash|backslash|dash|hyphen|underscore|plus|minus|equals|star|asterisk|ampersand|percent|dollar|hash|\
pound|at|exclamation mark|question mark|quote|apostrophe|tick|graves|tilde|bar|left paren|right paren|left bracket|right bracket|\
left brace|right brace|less than|greater than|caps lock on|caps lock off|bullet|copyright|degree|euro|new line|blank"""
SUBJECTS = """The manager|My sister|Our neighbor|A small bird|The new engineer|Everyone in the room|The old clock|Her grandfather|\
This computer|The train from Boston|The children|A stranger|The weather|Nobody|The committee|His letter|The soup|That song|\
Your appointment|The next meeting|The battery|The first chapter|A bright light|The cat"""
VERBS = """was late again|seems perfectly fine|arrived at noon|has not finished yet|needs more time|looked through the window|\
will change everything|could hardly believe it|stayed quiet for an hour|sounds much better now|went down the stairs|\
asked for another chance|is waiting outside|turned red|made us laugh|vanished without a trace|costs too much|began to move|\
fell asleep|was canceled|starts in ten minutes|broke into pieces|forgot the keys|found a shorter way"""
TAILS = """because of the rain|before the meeting started|and nobody knew why|although we tried|on Thursday morning|\
in the middle of the night|near the old bridge|with a smile|for the third time this week|after all these years|\
just like last summer|despite the warning|while the music played|to our great surprise"""
QUESTIONS = ["Did you know that {} {}?", "Why do you think {} {}?", "Is it true that {} {}?", "Who said {} {}?",
             "When you left, {} {}, right?", "Wait, {} {}?"]
WORD_QUESTIONS = ["Where is the {}?", "What is a {}?", "How many {}s are left?", 'Can you spell "{}"?',
                  "Do you mean {}, or something else?", "Which {} do you want?"]
SHORT = """Wow!|Great!|Oh no!|Stop!|Watch out!|Thank you!|Thanks.|Hello!|Hi there.|Good morning!|Good night.|Goodbye.|Welcome!|\
Welcome back.|Yes.|No.|Yes!|No!|Maybe.|Sure.|Okay.|Ok.|Really?|What?|Why?|Who?|When?|Where?|How?|Please.|Sorry.|Excuse me.|Well done!|\
Congratulations!|Happy birthday!|Help!|Hurry up!|Never mind.|Of course.|I see.|Me too.|Not yet.|Come in.|Sit down.|Be careful!|\
Let us go.|See you tomorrow.|Error.|Warning!|Done.|Loading.|Ready.|Connected.|Disconnected.|Low battery.|New message.|Hmm.|Ah.|Oh.|\
Uh huh."""
FIRST_NAMES = """James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica \
Thomas Sarah Charles Karen Nancy Daniel Lisa Matthew Betty Anthony Sandra Mark Ashley Donald Emily Steven Kimberly Andrew Margaret \
Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Edward Priya Hiroshi Fatima Olga Sven Chen Maria \
Ahmed Zoe Ingrid Pedro"""
LAST_NAMES = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson Anderson Thomas \
Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill \
Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Tanaka Petrov Schmidt Okafor Kowalski Singh"""
NAME_LINES = ["{0} {1}", "{0} {1}.", "Message from {0} {1}.", "Call {0} {1}?", '{0} said, "{2} {3}."',
              "Dear {0}, thank you for your letter.", '"{2} {3}," said {0} {1}.']
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DATE_LINES = ["{d}, {m} {n}.", "{m} {n}, {y}.", "It is {h} {k} on {d}.", "{h} {k} {ap}", "The {n}th of {m}.",
              "The file was saved on {m} {n}, {y}.", "{h} o'clock", "{k} percent", "{k} degrees.", "Page {n} of {k}",
              "{n} unread messages.", "Line {k}, column {n}.", "It costs {n} dollars and {k} cents."]


def held_out(word):
    """One word in twenty is never trained on alone; evaluate.py tests on those."""
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % 20 == 0


def common_words(sentences):
    counts = collections.Counter(w for t in sentences for w in re.findall(r"[a-z]+(?:'[a-z]+)?", t.lower()))
    return [w for w, _ in counts.most_common(9000) if len(w) > 2 and not held_out(w)]


class Writer:
    """Draws lines; the order of the calls in `all` fixes the random numbers, so append at its end only."""

    def __init__(self, sentences, seed=7):
        self.r, self.sentences, self.words, self.lines = random.Random(seed), sentences, common_words(sentences), []

    def letters(self):
        r = self.r
        for ending in (".", "", ",", "!", "?"):
            self.lines += [name + ending for name in [*LETTERS, *DIGITS]]
        for c in LETTERS:
            word = r.choice([w for w in self.words if w[0] == c.lower()] or ["x-ray"])
            self.lines += [f"{c}, as in {word}.", f"Capital {c}.", f"Control {c}.", f"Letter {c}"]

    def numbers(self):
        r = self.r
        self.lines += [f"{i}." for i in list(range(101)) + [r.randint(100, 999999) for _ in range(150)]]
        self.lines += [" ".join(r.choice(LETTERS) for _ in range(r.randint(2, 6))) + "." for _ in range(250)]
        self.lines += [", ".join(str(r.randint(0, 9)) for _ in range(r.randint(3, 9))) + "." for _ in range(200)]

    def single_words(self):
        r = self.r
        for w in r.sample(self.words, 6000):
            self.lines.append(w.capitalize() + r.choice([".", ".", ".", "!", "?", ",", ""]))
        for _ in range(700):
            self.lines.append(" ".join(r.sample(self.words, 2)).capitalize() + r.choice([".", ".", "?", ",", "!", ""]))

    def screen_reader(self):
        r = self.r
        for label in LABELS.split("|"):
            for c in r.sample(CONTROLS.split("|"), 5):
                self.lines.append(r.choice([f"{label} {c}", f"{label}, {c}", f"{label}, {c}.", f"{label} {c}."]))
            self.lines += [label, label + "."]
        for k in KEYS.split("|"):
            self.lines += [k, k.capitalize() + "."]

    def sentences_made(self):
        r, subjects, verbs, tails = self.r, SUBJECTS.split("|"), VERBS.split("|"), TAILS.split("|")
        self.lines += [f"{r.choice(subjects)} {r.choice(verbs)} {r.choice(tails)}." for _ in range(500)]
        self.lines += [f"{r.choice(subjects)} {r.choice(verbs)}!" for _ in range(200)]
        for _ in range(400):
            s, v = r.choice(subjects), r.choice(verbs)
            self.lines.append(r.choice(QUESTIONS).format(s[0].lower() + s[1:], v))
        self.lines += [r.choice(WORD_QUESTIONS).format(r.choice(self.words)) for _ in range(250)]
        self.lines += SHORT.split("|") * 2

    def names_and_dates(self):
        r, subjects, verbs = self.r, SUBJECTS.split("|"), VERBS.split("|")
        for _ in range(350):
            self.lines.append(r.choice(NAME_LINES).format(r.choice(FIRST_NAMES.split()), r.choice(LAST_NAMES.split()),
                                                          r.choice(subjects), r.choice(verbs)))
        for _ in range(300):
            self.lines.append(r.choice(DATE_LINES).format(
                d=r.choice(DAYS), m=r.choice(MONTHS), n=r.randint(1, 31), y=r.randint(1900, 2030), h=r.randint(1, 12),
                k=r.randint(10, 59), ap=r.choice(["a.m.", "p.m."])))

    def lists_and_clauses(self):
        r = self.r
        for _ in range(200):
            self.lines.append(", ".join(r.sample(self.words, r.randint(3, 6))) + ", and " + r.choice(self.words) + ".")
        for t in r.sample(self.sentences, 900):
            clauses = re.split(r"(?<=[,;:])\s+", t)
            if len(clauses) > 1:
                self.lines.append(r.choice(clauses))

    def all(self):
        """-> letters and digits, which a corpus of any size needs whole; then one sentence to three own lines while there are lines."""
        self.letters()
        first, self.lines = self.lines, []
        for step in (self.numbers, self.single_words, self.screen_reader, self.sentences_made, self.names_and_dates,
                     self.lists_and_clauses):
            step()
        self.r.shuffle(self.lines)
        self.r.shuffle(self.sentences)
        own, out = iter(self.lines), []
        for t in self.sentences:
            out += [t, *itertools.islice(own, 3)]
        return first + out + list(own)
