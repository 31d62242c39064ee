"""The Wyoming protocol, as Home Assistant speaks it."""
import json
import socket
import time

import pytest
from common import SLOW, Wyoming, serving, wait_until

TEXT = "Hello, world. This is a second sentence."


@pytest.fixture(scope="module")
def server():
    with serving("--verbose") as s:
        yield s


@pytest.fixture
def client(server):
    c = Wyoming(server)
    yield c
    c.close()


def sound(events):
    return b"".join(e[2] for e in events if e[0] == "audio-chunk")


def test_info(client):
    client.send("describe")
    kind, info, _ = client.read()
    program = info["tts"][0]
    assert kind == "info" and program["installed"] and program["supports_synthesize_streaming"]
    voice = program["voices"][0]
    assert voice["name"] == "linnet-en" and voice["languages"] == ["en-US"] and voice["attribution"]["name"]
    assert info["asr"] == []


def test_ping(client):
    client.send("ping")
    assert client.read()[0] == "pong"


@pytest.mark.parametrize("inline", [False, True])
def test_synthesize(server, client, inline):
    client.send("synthesize", {"text": TEXT}, inline)
    events = client.read_until("audio-stop")
    assert events[0][0] == "audio-start" and events[0][1]["rate"] == 24000 and events[0][1]["width"] == 2
    assert sound(events) == server.speech(TEXT, response_format="pcm")[2]
    times = [e[1]["timestamp"] for e in events if e[0] == "audio-chunk"]
    assert times == sorted(times) and times[0] == 0


def test_synthesize_twice_in_one_connection(client):
    lengths = []
    for _ in range(2):
        client.send("synthesize", {"text": TEXT, "voice": {"name": "linnet-en"}})
        lengths.append(len(sound(client.read_until("audio-stop"))))
    assert lengths[0] == lengths[1] > 48000


def test_streaming_speaks_while_text_comes(server, client):
    client.send("synthesize-start", {"voice": {"language": "en"}})
    for piece in ("Mr. Smith ", "has 3.5 kg of it. He ", "left. And ", "then"):
        client.send("synthesize-chunk", {"text": piece})
    start = client.read()
    first = client.read()
    assert start[0] == "audio-start" and first[0] == "audio-chunk"
    client.send("synthesize-chunk", {"text": " he came back."})
    client.send("synthesize", {"text": "the whole text once more"})
    client.send("synthesize-stop")
    events = [first] + client.read_until("synthesize-stopped")
    assert [e[0] for e in events].count("audio-stop") == 1 and "audio-start" not in [e[0] for e in events]
    whole = server.speech("Mr. Smith has 3.5 kg of it. He left. And then he came back.", response_format="pcm")[2]
    assert abs(len(sound(events)) - len(whole)) < 0.15 * len(whole)


def test_streaming_of_nothing(client):
    client.send("synthesize-start")
    client.send("synthesize-stop")
    assert [e[0] for e in client.read_until("synthesize-stopped")] == ["audio-start", "audio-stop", "synthesize-stopped"]


def test_markup(client):
    client.send("synthesize", {"text": "<speak>One <break time='1s'/> two.</speak>", "text_format": "ssml"})
    assert len(sound(client.read_until("audio-stop"))) > 48000


def test_what_is_wrong_is_said(client):
    client.send("synthesize", {"text": 5})
    assert client.read()[0] == "error"
    client.send("synthesize", {"text": "hello", "voice": {"name": "no-such-voice"}})
    assert "voice" in client.read_until("error")[-1][1]["text"]
    client.send("an-event-of-later-versions", {"x": 1})
    client.send("ping")
    assert client.read_until("pong")


JUNK = [b"\n", b"nonsense\n", b"[]\n", b'{"type": 5}\n', b'{"type": "x", "data_length": -1}\n',
        b'{"type": "x", "data_length": 99999999999}\n', b"x" * 200000, b"\x00\xff\n",
        b'{"type": "synthesize-chunk", "data": {"text": "no start"}}\n',
        b'{"type": "ping", "payload_length": 5}\nab']


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_ends_its_connection_only(server, junk):
    c = Wyoming(server)
    try:
        c.socket.sendall(junk)
        c.socket.shutdown(socket.SHUT_WR)
        while c.read():
            pass
    except (OSError, json.JSONDecodeError):  # it may be gone before all is sent
        pass
    c.close()
    c = Wyoming(server)
    c.send("ping")
    assert c.read()[0] == "pong"
    c.close()


def test_leaving_ends_the_synthesis(server):
    c = Wyoming(server)
    c.send("synthesize", {"text": "A long text that nobody waits for. " * 3000})
    assert c.read()[0] == "audio-start"
    c.close()
    wait_until(lambda: server.metric("linnet_jobs_working") == 0)
    wait_until(lambda: server.metric("linnet_wyoming_connections") == 0)


def test_ends_with_open_connections():
    with serving() as s:
        idle, busy = Wyoming(s), Wyoming(s)
        busy.send("synthesize", {"text": "A long text. " * 5000})
        busy.read()
        started = time.monotonic()
        assert s.end() == 0 and time.monotonic() - started < 5 * SLOW
        idle.close()
        busy.close()
