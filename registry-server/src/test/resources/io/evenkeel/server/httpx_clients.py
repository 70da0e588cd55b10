"""Clients of the config-service (000), orchestrator (002) and heartbeat (003) registries, as their
contracts describe them; prints one line per call."""
import asyncio
import sys

import httpx

config, orchestrator, heartbeat = ("http://127.0.0.1:" + port for port in sys.argv[1:4])


def say(what, value):
    print(what, value, flush=True)


async def config_service():
    base = config + "/api/v1/registry"
    metadata = {"instance_id": "asr-1", "status": "healthy"}
    body = {"service_name": "asr", "service_url": "http://10.0.0.1:8087",
            "health_check_url": "http://10.0.0.1:8087/health", "service_metadata": metadata}
    async with httpx.AsyncClient() as client:
        answer = await client.post(base + "/register", json=body)
        say("000 register", answer.status_code == 201 and answer.json()["instance_id"] == "asr-1")
    async with httpx.AsyncClient() as client:
        answer = await client.get(base + "/services/asr/url")
        say("000 url", answer.json().get("url") == "http://10.0.0.1:8087")
        answer = await client.get(base + "/services/nosuch/url")
        say("000 nobody", answer.status_code == 404)
        answer = await client.get(base + "/discover/asr")
        say("000 discover", [row["instance_id"] for row in answer.json()] == ["asr-1"])
    async with httpx.AsyncClient() as client:
        which = {"service_name": "asr", "instance_id": "asr-1"}
        answer = await client.post(base + "/deregister", params=which)
        say("000 deregister", answer.status_code == 200)
        answer = await client.get(base + "/services/asr")
        say("000 gone", answer.json() == [])


async def orchestrated(generation, extra, headers):
    url = orchestrator + "/services/$register"
    info = {"display_name": "Echo " + generation, "version": "1.0.0", "summary": None}
    async with httpx.AsyncClient(timeout=10.0) as client:
        body = {"url": "http://10.0.0.3:8000", "info": info, **extra}
        answer = await client.post(url, json=body, headers=headers)
        answer.raise_for_status()
        told = answer.json()
        own = extra.get("id", told["id"])
        say(generation + " register", answer.status_code == 201 and told["ttl_seconds"] == 30)
        answer = await client.put(told["ping_url"], headers=headers)
        say(generation + " ping", answer.status_code == 200 and answer.json()["id"] == told["id"])
        answer = await client.get(orchestrator + "/services/" + told["id"])
        say(generation + " info", answer.json()["info"] == info)
        gone = url.replace("/$register", "") + "/" + own
        answer = await client.delete(gone, headers=headers)
        say(generation + " deregister", answer.status_code == 200)
        answer = await client.put(told["ping_url"], headers=headers)
        say(generation + " late ping", answer.status_code == 404)


async def heartbeats():
    async with httpx.AsyncClient(timeout=5.0) as client:
        body = {"service_name": "users", "base_url": "http://10.0.0.4:8000"}
        answer = await client.post(heartbeat + "/register", json=body)
        answer.raise_for_status()
        instance = answer.json()["instance_id"]
        answer = await client.post(heartbeat + "/heartbeat/" + instance)
        say("003 heartbeat", answer.status_code == 200)
        answer = await client.get(heartbeat + "/services/users")
        first = answer.json()["instances"][0]["base_url"]
        say("003 discover", first.rstrip("/") == "http://10.0.0.4:8000")
        answer = await client.delete(heartbeat + "/deregister/" + instance)
        say("003 deregister", answer.status_code == 200)
        answer = await client.get(heartbeat + "/services/users")
        say("003 gone", answer.status_code == 404)


async def main():
    await config_service()
    await orchestrated("002 first generation", {}, {})
    await orchestrated("002 head", {"id": "echo-service"}, {"X-Service-Key": "unused"})
    await heartbeats()


asyncio.run(main())
