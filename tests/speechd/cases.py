"""Runs the functions case_NAME of a script; prints "ok" or "not ok" and the name of each."""

import traceback


def run(what, functions, set_up=None):
    """`set_up()` makes what each case is given, if anything; it is closed afterwards. Exit status."""
    bad = 0
    for name, case in list(functions.items()):
        if not name.startswith("case_"):
            continue
        given = [set_up()] if set_up else []
        name = f"{what}: {name[5:].replace('_', ' ')}"
        try:
            case(*given)
            print("ok", name, flush=True)
        except Exception:
            bad += 1
            print("not ok", name)
            print(traceback.format_exc(), flush=True)
        for thing in given:
            thing.close()
    return bad > 0
