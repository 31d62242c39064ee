#!/usr/bin/env python3
"""Writes the tables of emoji names from Unicode's CLDR, as Debian's unicode-cldr-core installs it.

    make.py             write them
    make.py --check     exit 1 when what is there isn't what would be written

Exit status 2: CLDR isn't installed, or another version.

emoji_keys.c: all sequences that have a name, sorted, without variation selectors. ../XX/normalize_emoji_XX.c for each folder of a
language: their names in the same order. Names with skin tones are left out where normalize_emoji.c makes them from the name
without and the tones' names. newer.tsv: emoji that are younger than the CLDR of Debian stable.
"""
import os
import re
import sys
import xml.etree.ElementTree as tree

CLDR = '/usr/share/unicode/cldr/common'
VERSION = '41'
HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = os.path.dirname(HERE)
TONES = [chr(c) for c in range(0x1F3FB, 0x1F400)]
HAIR = '\U0001F9B0\U0001F9B1\U0001F9B2\U0001F9B3\U0001F471'
PAIR = '\U0001FAF1\U0001F3FB\u200D\U0001FAF2\U0001F3FC'  # hands of two tones
FIRST = 0x2070  # below it are letters and punctuation, which aren't spoken by their names
PUNCTUATION = (*range(0x3000, 0x3030), 0x30FB, 0xFDFC)
WIDTH = 118


def version():
    """Of the CLDR that is installed; None: there is none."""
    try:
        with open(f'{CLDR}/dtd/ldml.dtd', encoding='utf-8') as file:
            return re.search(r'cldrVersion CDATA #FIXED "(.*?)"', file.read())[1]
    except (OSError, TypeError):
        return None


def clean(name):
    name = re.sub('[“”„"«»!\u200b]', '', name).replace('/', ' ').replace('*', '').replace('()', '')
    if not re.search(r'\d:\d', name):
        name = re.sub(r'\s*:\s*', ': ', name)
    return re.sub(r'\s+', ' ', name).strip()


def read(language):
    """{sequence: name}"""
    names = {}
    for folder in ('annotations', 'annotationsDerived'):
        for node in tree.parse(f'{CLDR}/{folder}/{language}.xml').iter('annotation'):
            if node.get('type') == 'tts':
                names[node.get('cp').replace('\ufe0f', '')] = clean(node.text)
    names['\u20e3'] = names['1\u20e3'].split(':')[0]
    keys = [key for key in names if ord(key[0]) < FIRST and key not in '\u00A9\u00AE\u203C\u2049'
            or ord(key[0]) in PUNCTUATION]
    for key in keys:
        del names[key]
    with open(f'{HERE}/newer.tsv', encoding='utf-8') as file:
        columns = file.readline().rstrip('\n').split('\t')
        for line in file:
            row = dict(zip(columns, line.rstrip('\n').split('\t')))
            names.setdefault(row['emoji'].replace('\ufe0f', ''), row[language])
    return names


def plain(key):
    return ''.join(c for c in key if c not in TONES)


def tones_of(key):
    return list(dict.fromkeys(c for c in key if c in TONES))


def with_tones(name, key, names, between):
    """As normalize_emoji.c has it."""
    tones = between.join(names[c] for c in tones_of(key))
    head, colon, rest = name.partition(': ')
    if not colon:
        return f'{name}: {tones}'
    if any(c in key for c in HAIR):
        return f'{head}: {tones}{between}{rest}'
    return f'{name}, {tones}'


def shorten(names, between):
    """Adds the names without tones that only exist with tones, and takes out those with tones that can be made."""
    toned = [key for key in names if key not in TONES and tones_of(key)]
    for key in toned:
        if plain(key) not in names:
            tones = between.join(names[c] for c in tones_of(key))
            for mark in (': ', ', '):
                if names[key].endswith(mark + tones):
                    names[plain(key)] = names[key][:-len(mark + tones)]
    return {key: name for key, name in names.items()
            if key in TONES or not tones_of(key) or plain(key) not in names
            or with_tones(names[plain(key)], key, names, between) != name}


def literal(text):
    return '"' + ''.join(f'\\u{ord(c):04X}' if c in '\u200d\u20e3' else f'\\U{ord(c):08X}' if ord(c) >= 0xE0000 else
                         '\\' + c if c in '"\\' else c for c in text) + '"'


def lines(items):
    line, out = '   ', []
    for item in items:
        if len(line) + len(item) + 2 > WIDTH:
            out.append(line)
            line = '   '
        line += f' {item},'
    return '\n'.join(out + [line])


def notice(what):
    return (f'/* {what} Made by emoji/make.py from Unicode CLDR {VERSION}: change it there.\n'
            ' * The names are copyright 1991-2022 Unicode, Inc., under the Unicode licence (unicode.org/copyright.html). */\n')


def main():
    check = sys.argv[1:] == ['--check']
    if sys.argv[1:] and not check:
        sys.exit('usage: make.py [--check]')
    if version() != VERSION:
        print(f'emoji/make.py: {CLDR}: version {version()}, not {VERSION}: install unicode-cldr-core', file=sys.stderr)
        sys.exit(2)
    folders = sorted(name for name in os.listdir(LANGUAGES) if os.path.exists(f'{LANGUAGES}/{name}/language_{name}.c'))
    tables = {}
    for language in folders:
        names = read(language)
        pair = names[PAIR]
        between = pair[pair.index(names[TONES[0]]) + len(names[TONES[0]]):pair.rindex(names[TONES[1]])]
        tables[language] = shorten(names, between), between
    keys = sorted({key for names, _ in tables.values() for key in names})
    files = {f'{HERE}/emoji_keys.c':
             notice('Sequences of emoji and signs that have names, sorted.') + '#include "frontend/language/normalize_lang.h"\n\n'
             'const char *const norm_emoji_keys[] = {\n' + lines(map(literal, keys)) + '\n};\n\n'
             'const size_t norm_n_emoji_keys = NORM_COUNT(norm_emoji_keys);\n'}
    for language, (names, between) in tables.items():
        spoken = (literal(names[key]) if key in names else 'NULL' for key in keys)
        files[f'{LANGUAGES}/{language}/normalize_emoji_{language}.c'] = (
            notice('Names of emoji and signs, in the order of their keys.') + f'#include "normalize_{language}.h"\n\n'
            f'static const char *const names[] = {{\n{lines(spoken)}\n}};\n\n'
            f'const struct norm_emoji {language}_emoji = {{names, {literal(between)}}};\n')
    stale = []
    for path, text in files.items():
        if not os.path.exists(path) or open(path, encoding='utf-8').read() != text:
            stale.append(path)
            if not check:
                with open(path, 'w', encoding='utf-8') as file:
                    file.write(text)
    for path in stale:
        print(('not as it would be made: ' if check else 'made ') + os.path.relpath(path, LANGUAGES))
    sys.exit(check and bool(stale))


if __name__ == '__main__':
    main()
