"""The clients that people have, against a running server: openai, wyoming (both from PyPI), a browser. `make test-clients`."""
import asyncio
import os
import subprocess
import sys
import tempfile

import openai
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice

sys.path.insert(0, os.path.dirname(__file__))
from common import serving  # noqa: E402


def test_openai(server):
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.port}/v1", api_key="none")
    magic = {"mp3": (b"\xff", b"ID3"), "aac": b"\xff", "opus": b"OggS", "flac": b"fLaC", "wav": b"RIFF", "pcm": b""}
    for name, start in magic.items():
        reply = client.audio.speech.create(model="tts-1", voice="alloy", input="Hello, client.", response_format=name)
        assert reply.content.startswith(start) and len(reply.content) > 3000, name
    with client.audio.speech.with_streaming_response.create(model="tts-1", voice="alloy", input="Streaming. " * 30,
                                                            response_format="pcm") as reply:
        sizes = [len(block) for block in reply.iter_bytes(4096)]
    assert len(sizes) > 20
    assert "linnet" in [model.id for model in client.models.list()]
    try:
        client.audio.speech.create(model="tts-1", voice="no-such-voice", input="x")
        raise AssertionError("a voice that isn't there was accepted")
    except openai.BadRequestError as error:
        assert "no-such-voice" in str(error)


async def wyoming_events(client, last):
    events = []
    while not events or not last.is_type(events[-1].type):
        events.append(await client.read_event())
        assert events[-1] is not None
    return events


async def talk_wyoming(port):
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Describe().event())
        info = Info.from_event(await client.read_event())
        assert info.tts[0].supports_synthesize_streaming and info.tts[0].voices[0].languages == ["en-US"]
        await client.write_event(Synthesize(text="Hello.", voice=SynthesizeVoice(name=info.tts[0].voices[0].name)).event())
        events = await wyoming_events(client, AudioStop)
        assert AudioStart.from_event(events[0]).rate == 24000
        assert sum(len(AudioChunk.from_event(e).audio) for e in events[1:-1]) > 20000
        await client.write_event(SynthesizeStart().event())
        for text in ("Hello there. How ", "are you"):
            await client.write_event(SynthesizeChunk(text=text).event())
        await client.write_event(SynthesizeStop().event())
        assert AudioStart.is_type((await wyoming_events(client, SynthesizeStopped))[0].type)


def test_wyoming(server):
    asyncio.run(talk_wyoming(server.wyoming))


def test_browser(server):
    """The page, in headless Chromium: the voice is listed, Control and Enter speak, sound is played to its end."""
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("headless=new", "no-sandbox", "autoplay-policy=no-user-gesture-required"):
        options.add_argument("--" + flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        driver.get(f"http://127.0.0.1:{server.port}/")
        WebDriverWait(driver, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#voice option"))
        text = driver.find_element(By.ID, "text")
        text.clear()
        text.send_keys("Hello.")
        text.send_keys(Keys.CONTROL, Keys.ENTER)
        status = driver.find_element(By.ID, "status")
        WebDriverWait(driver, 20).until(lambda d: status.text == "Playing.")
        WebDriverWait(driver, 20).until(lambda d: status.text == "Done.")
        assert driver.execute_script("return document.getElementById('player').duration") > 0.3
        # Everything that takes input has a name that a screen reader says; the status is announced.
        for element in driver.find_elements(By.CSS_SELECTOR, "textarea, select, input:not(#key), button, audio"):
            assert element.accessible_name, element.get_attribute("id")
        assert status.get_attribute("aria-live") == "polite"
        driver.save_screenshot(os.environ.get("SCREENSHOT", os.path.join(tempfile.gettempdir(), "linnet-page.png")))
    finally:
        driver.quit()


def main():
    failed = 0
    tests = [test_openai, test_wyoming]
    if subprocess.run(["sh", "-c", "command -v chromedriver"], capture_output=True).returncode == 0:
        tests.append(test_browser)
    else:
        print("skip browser: needs chromium-driver")
    for test in tests:
        try:
            with serving() as server:
                test(server)
            print(f"ok {test.__name__}")
        except Exception as error:
            failed += 1
            print(f"not ok {test.__name__}: {type(error).__name__}: {error}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
