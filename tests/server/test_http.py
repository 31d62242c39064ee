"""HTTP: OpenAI's and piper's interfaces, what is bad, what is too much. `sh tests/server/server.sh` runs these."""
import base64
import concurrent.futures
import io
import json
import shutil
import socket
import struct
import subprocess
import time
import wave

import pytest
from common import SERVER, SLOW, VOICE, serving, wait_until

TEXT = "Hello, world. This is a second sentence."


@pytest.fixture(scope="module")
def server():
    with serving("--verbose") as s:
        yield s


def samples(wav):
    return wav[44:]


def decoded(data, demuxer):
    """16-bit samples at 24000 Hz of a sound in this container, as ffmpeg decodes it without a complaint."""
    command = ["ffmpeg", "-v", "error", "-f", demuxer, "-i", "-", "-ar", "24000", "-f", "s16le", "-"]
    run = subprocess.run(command, input=data, capture_output=True)
    assert run.stderr == b""
    return run.stdout


def test_pcm_and_wav_are_the_same_samples(server):
    status, headers, pcm = server.speech(TEXT, response_format="pcm")
    assert status == 200 and headers["Content-Type"] == "audio/pcm" and 2 * 24000 < len(pcm) < 20 * 24000
    status, headers, wav = server.speech(TEXT, response_format="wav")
    assert headers["Content-Type"] == "audio/wav" and wav[:4] == b"RIFF" and samples(wav) == pcm
    assert struct.unpack("<IHHI", wav[16:28])[1:] == (1, 1, 24000)
    assert max(abs(x) for x in struct.unpack(f"<{len(pcm) // 2}h", pcm)) > 3000


needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")


@needs_ffmpeg
@pytest.mark.parametrize("name, magic, kind", [("mp3", (b"\xff", b"ID3"), "audio/mpeg"), ("opus", (b"OggS",), "audio/ogg"),
                                               ("flac", (b"fLaC",), "audio/flac"), ("ogg", (b"OggS",), "audio/ogg")])
def test_formats(server, name, magic, kind):
    status, headers, data = server.speech(TEXT, response_format=name)
    assert status == 200 and headers["Content-Type"].startswith(kind) and data.startswith(magic)
    pcm = server.speech(TEXT, response_format="pcm")[2]
    assert abs(len(decoded(data, "ogg" if name == "opus" else name)) - len(pcm)) / 48000 < 0.2


@needs_ffmpeg
def test_aac(server):
    status, headers, data = server.speech(TEXT, response_format="aac")
    assert status == 200 and headers["Content-Type"] == "audio/aac" and data[0] == 0xFF and data[1] & 0xF6 == 0xF0
    sound = decoded(data, "aac")
    pcm = server.speech(TEXT, response_format="pcm")[2]
    assert 0 <= len(sound) - len(pcm) <= 2 * 3 * 1024
    # The same sound, some samples later: the sum of products is greatest there, and nearly as great as it can be.
    a, b = (struct.unpack(f"<{len(x) // 2}h", x) for x in (sound, pcm))
    def product(delay): return sum(x * y for x, y in zip(a[delay:], b))
    best = max(range(0, 3072, 16), key=product)
    best = max(range(max(0, best - 16), best + 17), key=product)
    assert product(best) > 0.9 * (product(best) and sum(x * x for x in a) ** 0.5 * sum(y * y for y in b) ** 0.5)


def test_default_format_is_mp3(server):
    assert server.speech(TEXT)[1]["Content-Type"] == "audio/mpeg"


def test_speed(server):
    normal, fast = (len(server.speech(TEXT, response_format="pcm", speed=s)[2]) for s in (1, 2))
    assert 0.4 < fast / normal < 0.7


def test_names_of_voices(server):
    expected = server.speech(TEXT, response_format="pcm")[2]
    for voice in ("alloy", "linnet-en", "en", "en-US", "", None, {"id": "nova"}):
        assert server.speech(TEXT, response_format="pcm", voice=voice)[2] == expected, voice
    status, _, body = server.speech(TEXT, voice="klingon")
    assert status == 400 and "klingon" in json.loads(body)["error"]["message"]


def test_server_sent_events(server):
    status, headers, body = server.speech(TEXT, response_format="pcm", stream_format="sse")
    assert status == 200 and headers["Content-Type"] == "text/event-stream"
    events = [json.loads(line[6:]) for line in body.decode().split("\n\n") if line]
    assert events[-1]["type"] == "speech.audio.done" and "usage" in events[-1]
    assert {e["type"] for e in events[:-1]} == {"speech.audio.delta"}
    sound = b"".join(base64.b64decode(e["audio"]) for e in events[:-1])
    assert sound == server.speech(TEXT, response_format="pcm")[2]


def test_markup(server):
    pcm = server.speech('<speak>One <break time="2s"/> two.</speak>', response_format="pcm")[2]
    assert len(pcm) > 2 * 2 * 24000
    status, _, body = server.speech("<speak>One <b", response_format="pcm")
    assert status == 400 and "column" in json.loads(body)["error"]["message"]


def test_lists(server):
    models = json.loads(server.request("GET", "/v1/models")[2])
    assert models["object"] == "list" and "tts-1" in [m["id"] for m in models["data"]]
    voices = json.loads(server.request("GET", "/voices")[2])
    assert voices["linnet-en"]["language"]["code"] == "en-US" and voices["linnet-en"]["audio"]["sample_rate"] == 24000
    voices = {v["id"]: v["name"] for v in json.loads(server.request("GET", "/v1/audio/voices")[2])["voices"]}  # as Open WebUI reads it
    assert voices["linnet-en"]


def test_piper(server):
    expected = server.speech(TEXT, response_format="wav")[2]
    assert server.request("POST", "/", {"text": TEXT})[2] == expected
    assert server.request("POST", "/synthesize", {"text": TEXT, "voice": "linnet-en"})[2] == expected
    assert server.request("POST", "/", TEXT)[2] == expected
    assert server.request("GET", "/?text=" + TEXT.replace(" ", "%20"))[2] == expected
    slow = server.request("POST", "/", {"text": TEXT, "length_scale": 2})[2]
    assert len(slow) > 1.5 * len(expected)
    assert server.request("POST", "/", {"text": TEXT, "length_scale": 0})[0] == 400


def test_page(server):
    status, headers, body = server.request("GET", "/")
    assert status == 200 and headers["Content-Type"].startswith("text/html") and b"<title>Linnet</title>" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, _, nothing = server.request("HEAD", "/")
    assert status == 200 and nothing == b""


def test_health_and_metrics(server):
    assert json.loads(server.request("GET", "/healthz")[2]) == {"status": "ok"}
    before = server.metric('linnet_requests_total{protocol="openai",outcome="done"}')
    server.speech("One more.")
    wait_until(lambda: server.metric('linnet_requests_total{protocol="openai",outcome="done"}') == before + 1)
    assert server.metric("linnet_samples_total") > 24000 and server.metric("linnet_first_block_seconds_count") > 0


BAD = [(b"", "the body is empty"), (b"{", "line 1"), (b"[]", "object"), (b'{"input": 5}', "input"), (b"{}", "input: is missing"),
       (b'{"input": ""}', "no text"), (b'{"input": "x", "speed": 9}', "speed"), (b'{"input": "x", "speed": "fast"}', "speed"),
       (b'{"input": "x", "response_format": "midi"}', "wav"), (b'{"input": "x", "stream_format": "no"}', "stream_format"),
       (b'{"input": "\xff\xfe"}', "JSON"), (b'{"input": "x", "voice": 7}', "voice"), (b"[" * 100000, "JSON"),
       (b'{"input": "x", "response_format": "' + b"w" * 100 + b'"}', "too long"), (b'{"input": "x", "input": "y"}', "JSON")]


@pytest.mark.parametrize("body, words", BAD, ids=range(len(BAD)))
def test_bad_requests(server, body, words):
    status, headers, reply = server.request("POST", "/v1/audio/speech", body, {"Content-Type": "application/json"})
    error = json.loads(reply)["error"]
    assert status == 400 and headers["Content-Type"] == "application/json"
    assert words in error["message"] and error["type"] == "invalid_request_error"


def test_nothing_speakable(server):
    status, _, pcm = server.speech("   ", response_format="pcm")
    assert status == 200 and pcm == b""


def test_unknown_places_and_methods(server):
    assert server.request("GET", "/no/such/place")[0] == 404
    assert server.request("GET", "/../../etc/passwd")[0] == 404
    assert server.request("GET", "/v1/audio/speech")[0] == 405
    assert server.request("DELETE", "/voices")[0] == 405
    allowed = lambda method, path: server.request(method, path)[1]["Allow"]
    assert allowed("GET", "/v1/audio/speech") == "POST"
    assert allowed("PUT", "/") == "POST, GET, HEAD"
    assert allowed("DELETE", "/voices") == "GET, HEAD"


def test_too_large(server):
    assert server.request("POST", "/v1/audio/speech", b"x" * (2 << 20))[0] == 413


JUNK = [b"\x00" * 3000, b"GET\r\n\r\n", b"A" * 100000, b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_is_survived(server, junk):
    with server.socket() as s:
        s.settimeout(10 * SLOW)
        try:
            s.sendall(junk)
            s.shutdown(socket.SHUT_WR)
            while s.recv(4096):
                pass
        except OSError:  # it may be gone before all is sent
            pass
    assert server.request("GET", "/healthz")[0] == 200


def ask(server, text):
    body = json.dumps({"input": text, "response_format": "pcm"}).encode()
    s = server.socket()
    s.sendall(b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    return s


def test_a_client_that_leaves_ends_its_synthesis(server):
    s = ask(server, "A long text that nobody waits for. " * 3000)
    assert s.recv(1000).startswith(b"HTTP/1.1 200")
    s.close()
    wait_until(lambda: server.metric("linnet_jobs_working") == 0)
    assert server.metric('linnet_requests_total{protocol="openai",outcome="left"}') >= 1


def test_the_first_bytes_come_before_the_last_are_made(server):
    started = time.monotonic()
    s = ask(server, "A long text that is spoken for minutes. " * 500)
    s.recv(1000)
    first = time.monotonic() - started
    s.close()
    wait_until(lambda: server.metric("linnet_jobs_working") == 0)
    assert first < 3 * SLOW  # a minute of synthesis follows


def test_two_hundred_at_once(server):
    """None lost, all the same samples, and memory as before."""
    expected = server.speech(TEXT, response_format="pcm")[2]
    before = server.memory()
    clients = 200 // SLOW
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(server.speech, TEXT, response_format="pcm") for _ in range(clients)]
        results = [job.result() for job in jobs]
    assert [r[0] for r in results] == [200] * clients and all(r[2] == expected for r in results)
    assert SLOW > 1 or server.memory() - before < 300 << 20
    wait_until(lambda: server.descriptors() < 40)


def test_limits():
    """A queue of one, slow clients, and the time for a text."""
    with serving("--workers", "1", "--queue", "1", "--stall-seconds", "1", "--max-seconds", str(60 * SLOW)) as s:
        stalled = ask(s, "A long text that is not taken. " * 3000)
        wait_until(lambda: s.metric("linnet_jobs_working") == 1)
        waiting = ask(s, "Short.")
        wait_until(lambda: s.metric("linnet_jobs_waiting") == 1)
        status, headers, body = s.speech("One too many.")
        assert status == 503 and headers["Retry-After"] and json.loads(body)["error"]["type"] == "server_error"
        # The stalled client is given up, then it's the waiting one's turn.
        waiting.settimeout(30 * SLOW)
        assert waiting.recv(100).startswith(b"HTTP/1.1 200")
        stalled.close()
        waiting.close()


def test_time_is_limited():
    with serving("--workers", "1", "--max-seconds", str(SLOW)) as s:
        reader = ask(s, "A long text that is read to its end. " * 20000)
        reader.settimeout(30 * SLOW)
        data = b""
        while block := reader.recv(1 << 16):
            data += block
        assert len(data) > 10000 and not data.endswith(b"0\r\n\r\n")  # broken off, not ended
        assert s.speech("Still there.", response_format="pcm")[0] == 200


def test_api_key(tmp_path):
    (tmp_path / "key").write_text("sesame\n")
    with serving("--api-key-file", str(tmp_path / "key")) as s:
        assert s.request("GET", "/healthz")[0] == 200 and s.request("GET", "/")[0] == 200
        for path in ("/voices", "/v1/models", "/metrics", "/?text=hi"):
            assert s.request("GET", path)[0] == 401, path
        assert s.request("POST", "/", {"text": "hi"})[0] == 401
        for key in ("", "sesam", "sesame2", "Sesame"):
            assert s.request("GET", "/voices", headers={"Authorization": "Bearer " + key})[0] == 401
        assert s.request("GET", "/voices", headers={"Authorization": "Bearer sesame"})[0] == 200


def test_ends_on_a_signal_while_it_speaks():
    with serving() as s:
        reader = ask(s, "A long text. " * 5000)
        reader.recv(1000)
        started = time.monotonic()
        assert s.end() == 0 and time.monotonic() - started < 5 * SLOW
        reader.close()


@pytest.mark.parametrize("options, status, words", [
    (["--nonsense"], 2, "nonsense"), (["--port", "70000"], 2, "70000"), (["--workers", "0"], 2, "--workers"),
    (["--queue", "-1"], 2, "--queue"), (["extra"], 2, "extra"), (["--voice", "no-such-voice"], 1, "no-such-voice"),
    (["--host", "203.0.113.7"], 1, "203.0.113.7"), (["--api-key-file", "/no/such/file"], 2, "/no/such/file"),
    (["--help"], 0, ""), (["--version"], 0, "")])
def test_command_line(options, status, words):
    voice = [] if "--voice" in options else ["--voice", VOICE]
    run = subprocess.run([SERVER, *voice, *options], capture_output=True, text=True, timeout=30 * SLOW)
    assert run.returncode == status and words in run.stderr


def test_a_port_that_is_taken(server):
    run = subprocess.run([SERVER, "--voice", VOICE, "--port", str(server.port)], capture_output=True, text=True, timeout=30 * SLOW)
    assert run.returncode == 1 and "can't listen" in run.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_unit(tmp_path):
    """The service is a valid one, and what it may do is little."""
    unit = tmp_path / "linnet-server.service"
    with open("src/server/linnet-server.service") as f:
        unit.write_text(f.read().replace("@bindir@/linnet-server", SERVER))
    run = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    run = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", str(unit)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_wave_module_reads_it(server):
    wav = server.speech(TEXT, response_format="wav")[2]
    with wave.open(io.BytesIO(wav)) as f:
        assert f.getframerate() == 24000 and f.getnchannels() == 1
