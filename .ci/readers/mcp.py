#!/usr/bin/env python3
"""Asks an archive by the official client of the Model Context Protocol, over stdio and over HTTP.

usage: mcp.py BINARY INDEX CORPUS [TRANSCRIPT]

Needs from PyPI: mcp==2.3.0 (which checks every answer against the schema that its tool states, and
brings httpx2). With TRANSCRIPT, the calls and the texts of their answers are written there.
"""

import json
import os
import re
import subprocess
import sys

from served import Server, servers

# This file has the name of the package.
sys.path.pop(0)

import anyio
import httpx2
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

BINARY, INDEX, CORPUS = sys.argv[1:4]
FOLDERS = ["--index", INDEX, "--corpus", CORPUS]
TOOLS = {"search", "article", "source", "count", "trend", "compare", "cite", "coverage", "indicators",
         "series"}
QUERY = "项目"
HEADERS = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}

transcript = open(sys.argv[4], "w", encoding="utf-8") if len(sys.argv) > 4 else None


def check(is_so, sentence):
    if not is_so:
        print(f"mcp.py: {sentence}", file=sys.stderr, flush=True)
        for server in servers:
            server.terminate()
        # At once: what is open does not turn a sentence into a page of traces.
        os._exit(1)


def told(sentence):
    print(f"mcp: {sentence}")


def noted(line):
    if transcript:
        print(line, file=transcript)


def by_command(*arguments):
    """What `dibao` prints as JSON."""
    ran = subprocess.run([BINARY, *FOLDERS, *arguments], capture_output=True, check=False)
    check(ran.returncode in (0, 1), f"dibao {arguments}: {ran.stderr.decode()}")
    return json.loads(ran.stdout)


def all_records():
    ran = subprocess.run([BINARY, *FOLDERS, "export", "--format", "jsonl"], capture_output=True, check=True)
    return [json.loads(line) for line in ran.stdout.decode().splitlines()]


class Asked:
    """A client whose calls are checked and noted."""

    def __init__(self, client, way):
        self.client, self.way, self.wrong = client, way, 0

    async def call(self, name, /, **arguments):
        answer = await self.client.call_tool(name, arguments)
        text = answer.content[0].text
        noted(f"\n> [{self.way}] {name} {json.dumps(arguments, ensure_ascii=False)}\n{text[:700]}")
        check(not answer.is_error, f"{name} {arguments}: {text}")
        check(isinstance(answer.structured_content, dict), f"{name}: no structured content")
        check(len(answer.content) == 1 and text, f"{name}: no text")
        return answer.structured_content

    async def refused(self, name, arguments, words):
        answer = await self.client.call_tool(name, arguments)
        text = answer.content[0].text
        shown = json.dumps(arguments, ensure_ascii=False)
        noted(f"\n> [{self.way}] {name} {shown[:120]}\n! {text[:300]}")
        self.wrong += 1
        check(words, f"{name} {shown[:200]}: what is to be said is not given")
        check(answer.is_error, f"{name} {shown[:200]} was answered: {text[:200]}")
        # In Chinese and in English, where it is not the same.
        said = words if isinstance(words, tuple) else (words,)
        check(any(part in text for part in said), f"{name} {shown[:200]}: {text!r} does not say {words!r}")
        for internal in ("panicked", "src/", "RUST_BACKTRACE", INDEX):
            check(internal not in text, f"{name}: {text!r} tells of {internal}")


async def tools_and_resources(asked):
    client = asked.client
    listed = (await client.list_tools()).tools
    check({tool.name for tool in listed} == TOOLS, f"tools are {[tool.name for tool in listed]}")
    for tool in listed:
        check(tool.annotations.read_only_hint is True, f"{tool.name} is not said to be read-only")
        check(tool.output_schema["type"] == "object", f"{tool.name} has no schema of its answer")
        for name, schema in tool.input_schema["properties"].items():
            check(schema.get("description"), f"{tool.name}: {name} is not described")
    resources = {str(resource.uri) for resource in (await client.list_resources()).resources}
    check(resources == {"dibao://help", "dibao://coverage"}, f"resources are {resources}")
    help_text = (await client.read_resource("dibao://help")).contents[0].text
    for word in ("OR", "地区:", "指标:地区生产总值>500亿元", "≈"):
        check(word in help_text, f"dibao://help does not say {word}")
    coverage = json.loads((await client.read_resource("dibao://coverage")).contents[0].text)
    check(coverage["articles"] > 0, "dibao://coverage has no articles")
    try:
        await client.read_resource("dibao://nothing")
        check(False, "dibao://nothing was read")
    except MCPError as error:
        check("dibao://help" in str(error), f"dibao://nothing: {error}")
    told(f"{asked.way}: {len(listed)} tools, described and read-only; 2 resources read")


async def searches(asked):
    for query in (QUERY, "“项目建设”", "地区:新密市", "没有这样的字串啊"):
        command = by_command("search", query, "--format", "json", "--limit", "100")
        found = await asked.call("search", q=query, limit=100)
        for name in ("total", "stories"):
            check(found[name] == command[name],
                  f"{query}: {name} {found[name]}, by the command {command[name]}")
        ids = [hit["id"] for hit in found["hits"]]
        check(ids == [hit["id"] for hit in command["hits"]], f"{query}: other hits than the command")
    # Every hit has a passage of the article, word for word, with what matches.
    found = await asked.call("search", q="“项目”", limit=20)
    for hit in found["hits"]:
        check(any("项目" in quote["matches"] for quote in hit["quotes"]), f"{hit['id']}: no match")
        article = await asked.call("article", id=hit["id"])
        for quote in hit["quotes"]:
            if quote["field"] == "body":
                check(quote["text"] in article["body"], f"{hit['id']}: {quote['text']!r} is not in it")
    # All pages together are all hits, each once.
    whole, after, pages = [], None, 0
    while True:
        page = await asked.call("search", limit=7, **({"after": after} if after else {}))
        whole += [hit["id"] for hit in page["hits"]]
        pages, after = pages + 1, page["next"]
        if not after:
            break
    check(pages > 5 and len(whole) == len(set(whole)) == page["stories"],
          f"{pages} pages have {len(whole)} hits, {len(set(whole))} different, of {page['stories']}")
    told(f"{asked.way}: search has the totals and hits of the command; {pages} pages by cursor have "
         f"{len(whole)} hits, each once; quotes stand in their articles")
    return found["hits"]


async def every_other_tool(asked, hits):
    one, other = hits[0], hits[1]
    if asked.way != "stdio":
        check(re.fullmatch(r"http://127\.0\.0\.1:\d+/article/\w+", one["permalink"] or ""),
              f"permalink is {one['permalink']}")
        page = httpx2.get(one["permalink"])
        check(page.status_code == 200 and one["title"] in page.text, "the permalink leads elsewhere")
    article = await asked.call("article", id=one["id"])
    shown = by_command("show", one["id"], "--format", "json")
    check(article["body"] == shown["body"], "article has another body than `show`")
    behind = await asked.call("article", id=one["id"], offset=5)
    check(behind["body"] == article["body"][5:] and behind["offset"] == 5, "offset is not that")
    lines = await asked.call("source", file=one["source"])
    of_article = await asked.call("source", id=one["id"])
    check(any(owner["id"] == one["id"] for owner in of_article["articles"]), "source has not the article")
    read, rows = lines, [line["row"] for line in lines["lines"]]
    while read["next"]:
        read = await asked.call("source", file=one["source"], **{"from": read["next"]})
        rows += [line["row"] for line in read["lines"]]
    check(rows == sorted(set(rows)), "the parts of a file overlap")
    count = await asked.call("count", q=QUERY, by="district", limit=300)
    facets = by_command("search", QUERY, "--format", "json", "--limit", "0")["facets"]
    counted = {value["value"]: value["count"] for value in count["values"]}
    check(counted == {value["value"]: value["count"] for value in facets["districts"]},
          "count by district is not that of the command")
    table = (await asked.call("count", by="publication", across="year"))["table"]
    check(table["columns"] and all(len(row["cells"]) == len(table["columns"]) for row in table["rows"]),
          "the table is uneven")
    records = all_records()
    without = sum(record["publication"] is None for record in records)
    check(table["without_row"] == without, f"without a publication: {table['without_row']}, not {without}")
    for by in ("district", "topic", "outlet", "publication", "kind", "year", "month", "day"):
        count = await asked.call("count", by=by, limit=300)
        counted = {value["value"]: value["count"] for value in count["values"]}
        stats = by_command("stats", "--by", by, "--format", "json")
        check(count["articles"] == stats["total"] and count["stories"] == stats["stories"],
              f"count by {by} has other totals than stats")
        of_stats = {value["value"]: value["count"] for value in stats["tables"][0]["counts"]}
        check(counted == of_stats and count["more_values"] == 0, f"count by {by}: {counted}, not {of_stats}")
        if by == "district":
            check(count["without"] == stats["unplaced"], f"without a district: {count['without']}")
        if by in ("year", "month", "day"):
            check(count["without"] == stats["undated"], f"without a date: {count['without']}")
    for by, field in (("outlet", "outlet"), ("topic", "topics"), ("publication", "publication")):
        count, without = await asked.call("count", by=by), sum(not record[field] for record in records)
        check(count["without"] == without, f"without {by}: {count['without']}, not {without}")
    quarters = await asked.call("count", by="quarter", limit=300)
    placed = sum(value["count"] for value in quarters["values"])
    check(placed + quarters["spread"] + quarters["without"] == quarters["articles"],
          "the articles of the quarters, those of several and those of none are not all")
    trend = await asked.call("trend", line=["项目", "企业"], by="year")
    check([line["name"] for line in trend["trend"]["lines"]] == ["项目", "企业"], "trend has other lines")
    certain = sum(point["articles"] for point in trend["trend"]["lines"][0]["points"])
    check(certain == trend["trend"]["lines"][0]["articles"], "the points do not add up")
    days = await asked.call("trend", line="项目", by="day")
    while days["next_from"]:
        days = await asked.call("trend", line="项目", by="day", **{"from": days["next_from"]})
    compared = await asked.call("compare", first=one["id"], second=other["id"])
    check(compared["differing"] > 0 and compared["passages"], "two articles are the same")
    same = await asked.call("compare", first=one["id"], second=one["id"])
    check(same["differing"] == 0 and same["common"]["share"] == 1, "an article differs from itself")
    cited = await asked.call("cite", id=[one["id"], other["id"]])
    check(len(cited["citations"]) == 2 and cited["citations"][0]["citation"] == article["citation"],
          "cite and article differ")
    for style in ("gb-7714-2015-numeric", "gb-7714-2015-author-date", "apa"):
        cited = await asked.call("cite", id=one["id"], style=style)
        printed = subprocess.run([BINARY, *FOLDERS, "cite", one["id"], "--style", style],
                                 capture_output=True, check=True).stdout.decode()
        check(cited["citations"][0]["citation"] in printed, f"cite in {style} is not that of the command")
    coverage = await asked.call("coverage")
    everything = await asked.call("count")
    check(coverage["articles"] == everything["articles"] and coverage["publications"],
          "coverage and count differ")
    rows, after = [], None
    while True:
        page = await asked.call("indicators", limit=40, **({"after": after} if after else {}))
        rows += [row["id"] for row in page["rows"]]
        after = page["next"]
        if not after:
            break
    printed = subprocess.run([BINARY, *FOLDERS, "indicators", "--format", "jsonl"], capture_output=True,
                             check=True).stdout.decode().splitlines()
    check(rows == [json.loads(row)["id"] for row in printed], "indicators has other rows than the command")
    name = json.loads(printed[0])["name"]
    series = await asked.call("series", name=name)
    check(series["series"] == by_command("series", name, "--format", "json") or series["left_out"],
          "series is not that of the command")
    told(f"{asked.way}: every tool answers, with the values of the commands; {len(rows)} rows of "
         "indicators by cursor")


async def what_is_wrong(asked, hits):
    refused = asked.refused
    await refused("search", {"q": "("}, ")")
    await refused("search", {"colour": "red"}, "colour")
    await refused("search", {"limit": 1000}, "100")
    await refused("search", {"limit": "many"}, "limit")
    await refused("search", {"after": "nonsense"}, "after")
    await refused("search", {"after": hits["next"], "q": "别的"}, ("另一次检索", "another search"))
    await refused("search", {"q": {"a": 1}}, "q")
    await refused("search", {"district": "亚特兰蒂斯"}, "亚特兰蒂斯")
    await refused("search", {"topic": "nothing"}, "nothing")
    await refused("search", {"q": "长" * 2000}, ("至多 1,000", "at most 1,000"))
    await refused("search", {"q": "长" * 7000}, "16384")
    if asked.way == "stdio":
        # Over HTTP there is no such message: see below.
        await refused("search", {"q": "长" * 1_000_000}, "16384")
    await refused("article", {}, "id")
    await refused("article", {"id": "zzzz"}, "zzzz")
    await refused("article", {"id": "../../etc/passwd"}, ("没有编号为", "no article's id is"))
    await refused("article", {"id": hits["hits"][0]["id"], "offset": -1}, "offset")
    await refused("source", {"file": "../../etc/passwd"}, "passwd")
    await refused("source", {"file": "a", "id": "b"}, "file")
    await refused("count", {"by": "colour"}, "district")
    await refused("count", {"across": "year"}, "by")
    await refused("count", {"by": "kind", "across": "year"}, "by=kind")
    await refused("count", {"by": "year", "across": "year"}, ("by 和 across 相同", "by and across are the same"))
    await refused("trend", {}, "line")
    await refused("trend", {"line": list("一二三四五六七八九")}, "9")
    await refused("compare", {"first": hits["hits"][0]["id"]}, "second")
    await refused("cite", {"id": []}, "id")
    await refused("cite", {"id": hits["hits"][0]["id"], "style": "none"}, "gb-7714")
    await refused("coverage", {"q": "a"}, "q")
    await refused("indicators", {"name": "幸福感指数啊"}, "幸福感指数啊")
    await refused("series", {}, "name")
    try:
        await asked.client.call_tool("delete", {})
        check(False, "an unknown tool was called")
    except MCPError as error:
        check("search" in str(error), f"delete: {error}")
        noted(f"\n> [{asked.way}] delete {{}}\n! {error}")
    # Where the way is not closed by it, the next question is answered.
    check((await asked.call("count"))["articles"] > 0, "nothing is answered after what is wrong")
    told(f"{asked.way}: {asked.wrong} wrong calls are answered with a sentence, an unknown tool with an error, "
         "and the next call is answered")


async def all_of_it(client, way):
    asked = Asked(client, way)
    await tools_and_resources(asked)
    hits = await searches(asked)
    await every_other_tool(asked, hits)
    await what_is_wrong(asked, await asked.call("search", limit=5))


def refused_over_http(address):
    def status(headers, content=json.dumps(PING)):
        return httpx2.post(f"{address}/mcp", headers={**HEADERS, **headers}, content=content).status_code

    port = address.rsplit(":", 1)[1]
    check(status({}) == 200, f"without an origin: {status({})}")
    check(status({"origin": address}) == 200, "the server's own pages may not ask")
    check(status({"origin": "https://chat.example"}) == 200, "an origin that was named may not ask")
    for origin in ("https://evil.example", "null", f"http://127.0.0.1.evil.example:{port}",
                   f"http://localhost:{int(port) + 1}"):
        check(status({"origin": origin}) == 403, f"origin {origin}: {status({'origin': origin})}")
    for host in ("evil.example", f"evil.example:{port}"):
        check(status({"host": host}) == 421, f"host {host}: {status({'host': host})}")
    huge = json.dumps({**PING, "params": {"q": "长" * 100_000}})
    check(status({}, huge) == 413, f"a huge message: {status({}, huge)}")

    def parts():
        for _ in range(64):
            yield b" " * 4096

    sent = httpx2.post(f"{address}/mcp", headers=HEADERS, content=parts())
    check(sent.status_code == 413, f"a huge message of unknown length: {sent.status_code}")
    check(status({}, "nonsense") in (400, 415, 422), f"nonsense: {status({}, 'nonsense')}")
    check(httpx2.get(f"{address}/mcp", headers=HEADERS).status_code == 405, "GET is answered")
    check(httpx2.post(f"{address}/", headers=HEADERS, content="{}").status_code == 405, "POST / is answered")
    told("http: other hosts (421), other origins (403), huge messages (413) and nonsense are refused")


async def main():
    stdio = StdioServerParameters(command=BINARY, args=[*FOLDERS, "--lang", "zh", "mcp"])
    async with Client(stdio, cache=None) as client:
        noted(f"# stdio, protocol {client.protocol_version}, {client.server_info}")
        await all_of_it(client, "stdio")
    async with Client(stdio, mode="legacy", cache=None) as client:
        told(f"stdio: older clients are answered, too ({client.protocol_version})")
        await searches(Asked(client, "stdio, older protocol"))
    with Server(BINARY, INDEX, CORPUS, "--cors", "https://chat.example") as address:
        async with Client(f"{address}/mcp", cache=None) as client:
            noted(f"\n# http, protocol {client.protocol_version}")
            await all_of_it(client, "http")
        async with Client(f"{address}/mcp", mode="legacy", cache=None) as client:
            told(f"http: older clients are answered, too ({client.protocol_version})")
            await searches(Asked(client, "http, older protocol"))
        refused_over_http(address)
    with Server(BINARY, INDEX, CORPUS, "--no-mcp") as address:
        off = httpx2.post(f"{address}/mcp", headers=HEADERS, content=json.dumps(PING))
        check(off.status_code == 404 and "--no-mcp" in off.text, f"with --no-mcp: {off.status_code}")
        told("http: with --no-mcp there is none")


anyio.run(main)
