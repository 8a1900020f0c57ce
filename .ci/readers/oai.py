#!/usr/bin/env python3
"""Harvests an archive over OAI-PMH with a harvester, and checks every answer against the protocol.

usage: oai.py BINARY INDEX CORPUS XSD-FOLDER

Needs from PyPI: Sickle==0.7.0, lxml==6.1.3. XSD-FOLDER holds oai_dc.xsd and simpledc20021212.xsd, the
official schemas of the format oai_dc. The source package core-oaipmh-provider-app==2.23.0 brings them:
    pip download --no-deps --no-binary :all: core-oaipmh-provider-app==2.23.0
The archive needs more than 100 articles, so that a list has several parts.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import requests
from lxml import etree
from served import Server, servers
from sickle import Sickle
from sickle.oaiexceptions import BadResumptionToken, NoRecordsMatch

if len(sys.argv) != 5:
    sys.exit(__doc__)
BINARY, INDEX, CORPUS = sys.argv[1:4]
SCHEMAS = Path(sys.argv[4])
OAI = "{http://www.openarchives.org/OAI/2.0/}"
OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
DC = "{http://purl.org/dc/elements/1.1/}"
DIBAO = "{urn:dibao:oai:article}"
SECOND = "%Y-%m-%dT%H:%M:%SZ"
XML_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/>
</xs:schema>"""



def check(is_so, sentence):
    if not is_so:
        print(f"oai.py: {sentence}", file=sys.stderr, flush=True)
        for server in servers:
            server.terminate()
        os._exit(1)


def told(sentence):
    print(f"oai: {sentence}")


class Offline(etree.Resolver):
    """The schemas name others by their addresses; they lie in one folder."""

    def resolve(self, url, _, context):
        name = url.rsplit("/", 1)[1]
        if name == "xml.xsd":
            return self.resolve_string(XML_XSD, context)
        return self.resolve_filename(str(SCHEMAS / name), context)


def schema_of_dc():
    for name in ("oai_dc.xsd", "simpledc20021212.xsd"):
        check((SCHEMAS / name).is_file(), f"{SCHEMAS} has no {name}")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Offline())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "oai_dc.xsd"), parser))


# The children of each verb's element, in the order of the protocol's schema.
ORDER = {
    "Identify": ["repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp",
                 "deletedRecord", "granularity"],
    "metadataFormat": ["metadataPrefix", "schema", "metadataNamespace"],
    "set": ["setSpec", "setName"],
    "record": ["header", "metadata"],
}


def document(address, **arguments):
    """The root of an answer, which is checked as such."""
    answer = requests.get(f"{address}/oai", params=arguments, timeout=30)
    check(answer.status_code == 200, f"{arguments}: status {answer.status_code}")
    check(answer.headers["content-type"].startswith("text/xml"), f"{arguments}: no XML")
    root = etree.fromstring(answer.content)
    names = [child.tag.replace(OAI, "") for child in root]
    check(root.tag == f"{OAI}OAI-PMH" and names[:2] == ["responseDate", "request"], f"{arguments}: {names}")
    datetime.strptime(root[0].text, SECOND)
    check(root[1].text == f"{address}/oai", f"{arguments}: request says {root[1].text}")
    codes = [child.get("code") for child in root if child.tag == f"{OAI}error"]
    if set(codes) & {"badVerb", "badArgument"}:
        check(not root[1].attrib, f"{arguments}: wrong arguments are repeated")
    elif "resumptionToken" in arguments or not codes:
        sent = {name.rstrip("_"): value for name, value in arguments.items()}
        check(dict(root[1].attrib) == sent, f"{arguments}: request repeats {dict(root[1].attrib)}")
    if not codes:
        check(names[2:] == [arguments["verb"]], f"{arguments}: {names}")
    for element in root.iter(etree.Element):
        expected = ORDER.get(element.tag.replace(OAI, ""))
        if expected and element.tag.startswith(OAI):
            check([child.tag.replace(OAI, "") for child in element] == expected, f"{element.tag}: order")
    for spec in root.iter(f"{OAI}setSpec"):
        check(re.fullmatch(r"[A-Za-z0-9\-_.!~*'()]+", spec.text), f"setSpec {spec.text}")
    for stamp in root.iter(f"{OAI}datestamp"):
        datetime.strptime(stamp.text, SECOND)
    for token in root.iter(f"{OAI}resumptionToken"):
        check(int(token.get("cursor")) >= 0, "the token has no cursor")
    return root


def code(address, **arguments):
    found = [child.get("code") for child in document(address, **arguments).iter(f"{OAI}error")]
    return found[0] if len(found) == 1 else found


def exported():
    command = [BINARY, "--index", INDEX, "--corpus", CORPUS, "export", "--format", "jsonl"]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode().splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def harvest(address, records):
    sickle = Sickle(f"{address}/oai")
    identity = sickle.Identify()
    check(identity.repositoryName == "县报库" and identity.adminEmail == "admin@archive.example",
          f"Identify says {identity.repositoryName}, {identity.adminEmail}")
    earliest = datetime.strptime(identity.earliestDatestamp, SECOND)
    formats = {form.metadataPrefix for form in sickle.ListMetadataFormats()}
    check(formats == {"oai_dc", "dibao"}, f"formats are {formats}")
    own = requests.get(f"{address}/oai/dibao.xsd", timeout=30)
    schemas = {"oai_dc": schema_of_dc(), "dibao": etree.XMLSchema(etree.fromstring(own.content))}
    for prefix in ("oai_dc", "dibao"):
        ids = []
        for record in sickle.ListRecords(metadataPrefix=prefix):
            stated = record.header.identifier
            ids.append(stated.removeprefix("urn:dibao:article:"))
            check(datetime.strptime(record.header.datestamp, SECOND) >= earliest, f"{stated} is too old")
            metadata = record.xml.find(f"{OAI}metadata")[0]
            check(schemas[prefix].validate(metadata), f"{stated}: {schemas[prefix].error_log}")
            one = records[ids[-1]]
            from_, to = one["date"]["not_before"] or one["date"]["value"], one["date"]["not_after"] or one["date"]["value"]
            if prefix == "oai_dc":
                check(metadata.tag == f"{OAI_DC}dc", f"{stated}: {metadata.tag}")
                dates = [date.text for date in metadata.iter(f"{DC}date")]
                expected = ([] if not from_ or not to else [from_] if from_ == to else [f"{from_}/{to}"])
                check(dates == expected, f"{stated}: dated {dates}, not {expected}")
                title = metadata.find(f"{DC}title").text
                check(one["title"] is None or one["title"] in title, f"{stated}: title {title}")
            else:
                body = "\n".join(part.text or "" for part in metadata.iter(f"{DIBAO}paragraph"))
                check(body == one["body"], f"{stated}: another text")
                date = metadata.find(f"{DIBAO}date")
                check((date.get("from"), date.get("to")) == (from_, to), f"{stated}: {date.attrib}")
        check(len(ids) == len(set(ids)) and set(ids) == set(records),
              f"{prefix}: {len(ids)} records, {len(set(ids))} different, of {len(records)} articles")
        told(f"{prefix}: {len(ids)} records harvested, the ids of the export, each once")
    told(f"{len(records)} records are valid in both formats: oai_dc by the official schema, dibao by its own")
    printed = requests.get(f"{address}/oai?verb=ListRecords&metadataPrefix=oai_dc", timeout=30).text
    for begin in re.findall(r"<oai_dc:dc [^>]*>", printed):
        for name in ("oai_dc", "dc", "xsi"):
            check(f"xmlns:{name}=" in begin, f"an element that is taken out does not declare {name}: {begin}")
    headers = list(sickle.ListIdentifiers(metadataPrefix="oai_dc"))
    check(len(headers) == len(records), f"{len(headers)} identifiers")
    sets = {one.setSpec: one.setName for one in sickle.ListSets()}
    found = 0
    for spec, name in sets.items():
        of_set = [header.identifier for header in sickle.ListIdentifiers(metadataPrefix="oai_dc", set=spec)]
        expected = [record for record in records.values() if record["publication"] == name]
        check(len(of_set) == len(expected) > 0, f"set {name}: {len(of_set)}, not {len(expected)}")
        found += len(of_set)
    told(f"{len(sets)} sets with {found} records, the publications of the export")
    one = sickle.GetRecord(identifier=headers[0].identifier, metadataPrefix="oai_dc")
    check(one.header.identifier == headers[0].identifier, "GetRecord gives another record")
    stamps = sorted(datetime.strptime(header.datestamp, SECOND) for header in headers)
    later = (stamps[-1] + timedelta(days=1)).strftime("%Y-%m-%d")
    middle = stamps[len(stamps) // 2].strftime(SECOND)
    before = (datetime.strptime(middle, SECOND) - timedelta(seconds=1)).strftime(SECOND)
    try:
        list(sickle.ListRecords(**{"metadataPrefix": "oai_dc", "from": later}))
        check(False, "records were changed tomorrow")
    except NoRecordsMatch:
        pass
    since = list(sickle.ListIdentifiers(**{"metadataPrefix": "oai_dc", "from": middle}))
    expected = sum(stamp >= datetime.strptime(middle, SECOND) for stamp in stamps)
    check(len(since) == expected, f"since {middle}: {len(since)}, not {expected}")
    try:
        until = len(list(sickle.ListIdentifiers(**{"metadataPrefix": "oai_dc", "until": before})))
    except NoRecordsMatch:
        until = 0
    check(until + len(since) == len(records), f"until {before}: {until}, since {middle}: {len(since)}")
    day = middle[:10]
    check(len(list(sickle.ListIdentifiers(**{"metadataPrefix": "oai_dc", "from": day, "until": day}))) > 0,
          f"nothing on {day}")
    told(f"from and until select by datestamp: {until} and {len(since)} records")


def documents(address, records):
    one = f"urn:dibao:article:{next(iter(records))}"
    for arguments in (
        {"verb": "Identify"},
        {"verb": "ListMetadataFormats"},
        {"verb": "ListMetadataFormats", "identifier": one},
        {"verb": "ListSets"},
        {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "metadataPrefix": "dibao"},
        {"verb": "GetRecord", "metadataPrefix": "dibao", "identifier": one},
    ):
        check(code(address, **arguments) == [], f"{arguments}: an error")
    first = document(address, verb="ListRecords", metadataPrefix="oai_dc")
    token = first.find(f".//{OAI}resumptionToken")
    check(int(token.get("completeListSize")) == len(records) and token.get("cursor") == "0", token.attrib)
    last = document(address, verb="ListRecords", resumptionToken=token.text)
    token = last.find(f".//{OAI}resumptionToken")
    check(token.text is None and int(token.get("cursor")) == 100, "the last part has no empty token")
    wrong = (
        ({}, "badVerb"),
        ({"verb": "Delete"}, "badVerb"),
        ({"verb": "Identify", "set": "a"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-01-02", "until": "2024-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-01-02", "until": "2024-01-03T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nothing"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1900-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "nonsense"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "urn:dibao:article:nothing"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:x:../../etc"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "marc", "identifier": one}, "cannotDisseminateFormat"),
        ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": ""}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": ""}, "badArgument"),
    )
    for arguments, expected in wrong:
        found = code(address, **arguments)
        check(found == expected, f"{arguments}: {found}, not {expected}")
    twice = requests.get(f"{address}/oai?verb=Identify&verb=Identify", timeout=30).text
    check('code="badVerb"' in twice, f"a verb that is given twice: {twice}")
    posted = requests.post(f"{address}/oai", data={"verb": "Identify"}, timeout=30).text
    check("<Identify>" in posted, "POST is not answered")
    told(f"every verb, the parts of a list and {len(wrong) + 1} errors are as the protocol has them; POST is answered")


def changes():
    """An archive whose files were changed on different days, and then changes."""
    with tempfile.TemporaryDirectory() as folder:
        index, corpus = f"{folder}/index", f"{folder}/corpus"
        shutil.copytree(CORPUS, corpus)
        files = sorted(path for path in Path(corpus).rglob("*") if path.is_file())
        for number, path in enumerate(files):
            at = 1_700_000_000 + number * 86_400
            os.utime(path, (at, at))
        ingest = [BINARY, "--index", index, "--corpus", corpus, "ingest"]
        subprocess.run(ingest, check=True, capture_output=True)
        with Server(BINARY, index, corpus, "--oai", "admin@archive.example") as address:
            sickle = Sickle(f"{address}/oai")
            all_of_them = {one.identifier: one.datestamp for one in sickle.ListIdentifiers(metadataPrefix="oai_dc")}
            for day in sorted({stamp[:10] for stamp in all_of_them.values()}):
                selected = sickle.ListIdentifiers(**{"metadataPrefix": "oai_dc", "from": day, "until": day})
                found = {one.identifier for one in selected}
                expected = {one for one, stamp in all_of_them.items() if stamp.startswith(day)}
                check(found == expected, f"{day}: {len(found)} records, not {len(expected)}")
            days = len({stamp[:10] for stamp in all_of_them.values()})
            check(days > 5, f"only {days} days")
            told(f"{days} days, each selected by from and until, have {len(all_of_them)} records together")
            records = sickle.ListRecords(metadataPrefix="oai_dc")
            next(records)
            Path(corpus, "new.txt").write_text("桥头茶馆开张\n\n桥头的老茶馆昨天又开张了，来喝茶的人很多。\n")
            subprocess.run(ingest, check=True, capture_output=True)
            time.sleep(1)
            try:
                list(records)
                check(False, "a token of another state of the archive was taken")
            except BadResumptionToken:
                told("a token expires when the archive changes, and the answer says so")


with Server(BINARY, INDEX, CORPUS, "--oai", "admin@archive.example", "--oai-name", "县报库") as address:
    all_records = exported()
    documents(address, all_records)
    harvest(address, all_records)
with Server(BINARY, INDEX, CORPUS) as address:
    off = requests.get(f"{address}/oai?verb=Identify", timeout=30)
    check(off.status_code == 404 and "--oai" in off.text, f"without --oai: {off.status_code}")
    told("without --oai there is none")
changes()
