"""Clients of all bad kinds, and what one that behaves sees of them: python hostile.py ADDRESS DOSSIER PID"""

import asyncio
import concurrent.futures
import contextlib
import http.client
import multiprocessing
import os
import pathlib
import sys
import time

address, dossier, pid = sys.argv[1].removeprefix("http://"), pathlib.Path(sys.argv[2]).read_bytes(), int(sys.argv[3])
host, port = address.split(":")
HEAD = f"POST /v1/decide HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n".encode()
TIMES = int(os.environ.get("TIMES", "300"))
GARBAGE = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 40 + b"\r\n\r\n"


@contextlib.asynccontextmanager
async def connected():
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield reader, writer
    finally:
        writer.close()


def behaved(times):
    """One after another, each by a connection of its own: what is not 200, and the 99th percentile in milliseconds."""
    took, others = [], []
    for _ in range(times):
        began = time.perf_counter()
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        try:
            connection.request("POST", "/v1/decide", dossier, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException) as problem:
            status = type(problem).__name__
        connection.close()
        took.append(time.perf_counter() - began)
        if status != 200:
            others.append(status)
    return others, sorted(took)[int(times * 0.99)] * 1000


async def slow():
    """A byte now and then."""
    async with connected() as (_, writer):
        for byte in HEAD + b"Content-Length: 60\r\n\r\n" + b" " * 60:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.2)


async def half():
    """Half a body, then silence."""
    async with connected() as (_, writer):
        writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(dossier) + dossier[: len(dossier) // 2])
        await asyncio.sleep(60)


async def large(told):
    """100 MB, said so beforehand or in pieces."""
    for _ in range(1000):
        async with connected() as (_, writer):
            if told:
                writer.write(HEAD + b"Content-Length: 100000000\r\n\r\n")
            else:
                writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(1526):
                piece = b" " * 65536
                writer.write(piece if told else b"10000\r\n" + piece + b"\r\n")
                await writer.drain()


async def idle():
    async with connected() as (reader, _):
        await reader.read()


async def garbage():
    """Requests one behind the other, the last of which is none; answers are left unread."""
    for _ in range(1000):
        async with connected() as (reader, writer):
            writer.write((HEAD + b"Content-Length: %d\r\n\r\n" % len(dossier) + dossier) * 20 + GARBAGE * 100)
            await writer.drain()
            await reader.read()


async def unread():
    """Many answers that nobody takes."""
    async with connected() as (_, writer):
        while True:
            writer.write((HEAD + b"Content-Length: %d\r\n\r\n" % len(dossier) + dossier) * 20)
            await writer.drain()


async def beside(good, name, bad):
    """What one that behaves sees while the bad are there."""
    async def quiet(one):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await one

    tasks = [asyncio.create_task(quiet(one)) for one in bad]
    await asyncio.sleep(3)
    # By another process: the bad are not to keep it waiting themselves.
    others, p99 = await asyncio.get_running_loop().run_in_executor(good, behaved, TIMES)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    memory = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith(("VmRSS", "VmHWM"))}
    print(f"{name:42} p99 {p99:7.1f} ms, not 200: {others or 'none'}; {memory['VmRSS']} MiB, {memory['VmHWM']} at most", flush=True)


async def main(good):
    await beside(good, "nobody", [])
    await beside(good, "200 slow clients", [slow() for _ in range(200)])
    await beside(good, "200 half bodies", [half() for _ in range(200)])
    await beside(good, "8 bodies of 100 MB, over and over", [large(rank % 2 == 0) for rank in range(8)])
    await beside(good, "10,000 idle connections", [idle() for _ in range(10_000)])
    await beside(good, "4 senders of pipelined garbage", [garbage() for _ in range(4)])
    await beside(good, "20 who take no answer", [unread() for _ in range(20)])
    await beside(good, "nobody", [])


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        asyncio.run(main(apart))
