"""What python-consul 0.7.1 is used for, against the server on the port given; prints one line per call."""
import sys
import threading

import consul

agent = consul.Consul(host="127.0.0.1", port=int(sys.argv[1]))


def say(what, value):
    print(what, value, flush=True)


def names(entries):
    return [entry["Service"]["ID"] for entry in entries]


say("leader", bool(agent.status.leader()))
say("register", agent.agent.service.register(
    "web", service_id="web-1", address="10.0.0.1", port=80, tags=["v1", "blue"],
    check=consul.Check.ttl("30s")))
index, entries = agent.health.service("web", passing=True)
say("critical at first", names(entries) == [])

found = []
waiter = threading.Thread(target=lambda: found.append(
    agent.health.service("web", passing=True, index=index, wait="20s")))
waiter.start()
say("ttl_pass", agent.agent.check.ttl_pass("service:web-1", "fine"))
waiter.join(30)
say("blocking", [names(answer[1]) for answer in found] == [["web-1"]] and int(found[0][0]) > int(index))

say("tag", names(agent.health.service("web", tag="blue")[1]) == ["web-1"])
say("other tag", names(agent.health.service("web", tag="green")[1]) == [])
say("note", agent.health.checks("web")[1][0]["Output"] == "fine")
say("state", "service:web-1" in [check["CheckID"] for check in agent.health.state("passing")[1]])
say("catalog.services", sorted(agent.catalog.services()[1]["web"]) == ["blue", "v1"])
say("catalog.service", agent.catalog.service("web")[1][0]["ServiceAddress"] == "10.0.0.1")
say("catalog.nodes", len(agent.catalog.nodes()[1]) == 1)
say("agent.services", list(agent.agent.services()) == ["web-1"])
say("agent.checks", list(agent.agent.checks()) == ["service:web-1"])
say("agent.self", "Config" in agent.agent.self())
say("ttl_warn", agent.agent.check.ttl_warn("service:web-1"))
say("warning is not passing", names(agent.health.service("web", passing=True)[1]) == [])
say("ttl_fail", agent.agent.check.ttl_fail("service:web-1", "broken"))
say("check.register", agent.agent.check.register(
    "extra", check=consul.Check.ttl("30s"), check_id="extra", service_id="web-1"))
say("check.deregister", agent.agent.check.deregister("extra"))
say("maintenance", agent.agent.service.maintenance("web-1", "true", "upgrade"))
say("maintenance over", agent.agent.service.maintenance("web-1", "false"))
say("http check", agent.agent.service.register(
    "api", service_id="api-1", address="10.0.0.2", port=80,
    check=consul.Check.http("http://10.0.0.2:80/health", "10s", timeout="5s", deregister="30s")))
say("deregister", agent.agent.service.deregister("web-1"))
say("deregister api", agent.agent.service.deregister("api-1"))
say("gone", agent.health.service("web")[1] == [])
try:
    agent.agent.service.register("", service_id="x")
    say("missing name", False)
except consul.base.BadRequest as error:
    say("missing name", "Missing service name" in str(error))
