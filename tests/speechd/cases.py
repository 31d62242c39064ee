"""Runs the functions case_NAME of a script; prints "ok" or "not ok" and the name of each."""

import traceback


def run(what, functions, set_up=None, start=None, excused=None):
    """`set_up()` makes what each case is given, if anything; it is closed afterwards. `start` is the name of the first
    case to run. When a case fails and `excused(its name)` is true, nothing is said of it and it is the last. Exit
    status."""
    names = [name for name in functions if name.startswith("case_")]
    bad = 0
    for function in names[names.index(start) if start else 0 :]:
        given = [set_up()] if set_up else []
        name = f"{what}: {function[5:].replace('_', ' ')}"
        stop = False
        try:
            functions[function](*given)
            print("ok", name, flush=True)
        except Exception:
            stop = excused is not None and excused(function)
            bad += not stop
            if not stop:
                print("not ok", name)
                print(traceback.format_exc(), flush=True)
        for thing in given:
            thing.close()
        if stop:
            break
    return bad > 0
