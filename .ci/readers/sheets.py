#!/usr/bin/env python3
"""Whether a spreadsheet reader finds in workbooks what is in CSV and JSONL of the same search.

    .ci/readers/sheets.py DIBAO INDEX CORPUS

Needs openpyxl==3.1.5 from PyPI. Writes into a folder of its own, which is gone afterwards.
"""

import csv
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl

ADDRESS = "https://archive.example"
DATES = [
    "date", "date_not_before", "date_not_after", "issue_date", "issue_not_before", "issue_not_after",
]
BOUNDS = [name for name in DATES if "not" in name]
NUMBERS = ["ordinal", "confidence"]
FIGURE_DATES = ["period_from", "period_to", "date_from", "date_to"]
FIGURE_NUMBERS = [
    "value", "value_max", "value_si", "change", "confidence", "first_line", "last_line",
]


def fail(said):
    sys.exit(f"sheets.py: {said}")


def check(holds, said):
    if not holds:
        fail(said)


def plain(text):
    """As spreadsheet programs show it: _x000D_ is a character by its number."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def table(path, sheets):
    """Rows of the sheets by the names of their columns in CSV, after checks of the form."""
    book = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    about = {row[0].value: row[1] for row in book.worksheets[-1].iter_rows()}
    rows = []
    for sheet, result in zip(book.worksheets[:sheets], results.worksheets):
        head = [cell.value for cell in sheet[1]]
        check(all(cell.font.bold for cell in sheet[1]), f"{path.name}: the head is bold")
        check(sheet.freeze_panes == "A2", f"{path.name}: frozen at {sheet.freeze_panes}")
        check(sheet.auto_filter.ref == sheet.dimensions, f"{path.name}: {sheet.auto_filter.ref}")
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        check(min(widths) >= 8 and max(widths) <= 100, f"{path.name}: widths {widths}")
        for cells, values in zip(sheet.iter_rows(min_row=2), result.iter_rows(min_row=2)):
            names = [about[name].value if name in about else name for name in head]
            rows.append({
                name: (cell, value.value) for name, cell, value in zip(names, cells, values)
            })
    return book, about, rows


def is_date(cell):
    return cell.is_date and cell.number_format == "yyyy-mm-dd"


def compare(path, rows, expected, dates, numbers, flags=()):
    """Every cell with that of the CSV, by the type of its column."""
    check(len(rows) == len(expected), f"{path.name}: {len(rows)} rows, {len(expected)} in CSV")
    counted = {}
    for row, other in zip(rows, expected):
        check(set(row) - {"link"} == set(other), f"{path.name}: columns {set(row) ^ set(other)}")
        for name, text in other.items():
            cell, value = row[name]
            place = f"{path.name} {cell.coordinate} ({name})"
            if value is None:
                shown = ""
            elif name in flags:
                check(cell.data_type == "b", f"{place}: no flag")
                shown = str(value).lower()
            elif name in dates and isinstance(value, datetime.datetime):
                check(is_date(cell), f"{place}: no date, {cell.number_format}")
                shown = value.date().isoformat()
            elif name in numbers:
                check(cell.data_type == "n", f"{place}: no number")
                check(float(text) == value, f"{place}: {value!r}, CSV has {text!r}")
                shown = text
            else:
                check(cell.data_type in "s" or value == "", f"{place}: no text, {cell.data_type}")
                shown = plain(value)
            # CSV has an apostrophe before what would be a formula.
            formula = text.startswith("'") and text[1:2] in "=+-@＝＋－＠\t\r"
            check(shown == (text[1:] if formula else text), f"{place}: {shown!r}, CSV has {text!r}")
            kind = "date" if shown and cell.is_date else cell.data_type if shown else "empty"
            counted.setdefault(name, set()).add(kind)
        if "link" in row:
            cell, value = row["link"]
            link = f"{ADDRESS}/article/{other.get('article') or other['id']}"
            check(value == link, f"{path.name} {cell.coordinate}: {value!r}")
            check(cell.value == f'=HYPERLINK("{link}")', f"{path.name}: {cell.value!r}")
    return counted


def main(binary, index, corpus):
    binary, index, corpus = (pathlib.Path(path).resolve() for path in (binary, index, corpus))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def run(*arguments, lang="en", code=0):
            command = [binary, "--lang", lang, "--index", index, "--corpus", corpus, *arguments]
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            check(ran.returncode == code, f"{arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
            return ran.stdout

        def rows_of(name):
            with open(folder / name, encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))

        for lang, query in [("zh", []), ("en", []), ("en", ["日期:2024", "--district", "洛龙区"])]:
            for name in ["a.xlsx", "a.csv", "a.jsonl"]:
                link = ["--address", ADDRESS] if lang == "en" and name == "a.xlsx" else []
                run("export", *query, "-o", name, *link, lang=lang)
            path = folder / "a.xlsx"
            book, about, rows = table(path, 1)
            names = ["文章", "说明"] if lang == "zh" else ["Articles", "About"]
            check(book.sheetnames == names, f"sheets {book.sheetnames}")
            expected = rows_of("a.csv")
            # Of a day that is not certain the cell is text, as in CSV.
            counted = compare(path, rows, expected, [*DATES, "accessed"], NUMBERS)
            for name in DATES:
                check("date" in counted[name], f"{name}: no dates")
            for name in BOUNDS:
                check(counted[name] <= {"date", "empty"}, f"{name}: {counted[name]}")
            records = [json.loads(line) for line in open(folder / "a.jsonl", encoding="utf-8")]
            check(len(records) == len(rows), f"{len(records)} records")
            for record, row in zip(records, rows):
                for name in ["id", "title", "body", "source", "publication", "page"]:
                    value = row[name][1]
                    value = None if value is None else plain(value)
                    check(value == record[name], f"{name}: {value!r}, JSONL has {record[name]!r}")
                date = record["date"]
                certain = date["value"] is not None and all(
                    date[bound] in (None, date["value"]) for bound in ("not_before", "not_after")
                )
                is_day = isinstance(row["date"][1], datetime.datetime)
                check(certain == is_day, f"{record['id']}: {date} as {row['date'][1]!r}")
            manifest = json.loads((folder / "a.xlsx.manifest.json").read_text())
            said = (lambda zh, en: about[zh if lang == "zh" else en].value)
            origin = manifest["origin"]
            check(said("文章篇数", "Articles") == len(rows), "About: articles")
            check(said("截断的单元格", "Cells cut to what fits") == 0, "About: cut cells")
            everything = "全部文章" if lang == "zh" else "every article"
            check(said("检索式", "Query") == (origin["search"].get("q") or everything), "About: query")
            check(said("索引状态", "State of the index") == origin["archive"]["state"], "About: state")
            day = said("导出日期", "Day of export").date().isoformat()
            check(day == origin["day"], f"About: {day}")
            check(said("程序版本", "Program") == f"dibao {origin['program']}", "About: program")
            if query:
                check(about["Filter: district"].value == "洛龙区", "About: district")
            check(book.properties.created.date().isoformat() == day, "the day in the properties")
            whole = path.read_bytes()
            check(manifest["file"]["bytes"] == len(whole), "manifest: bytes")
            check(manifest["file"]["sha256"] == hashlib.sha256(whole).hexdigest(), "manifest: sum")
            for name in ["a.xlsx", "a.csv", "a.jsonl"]:
                run("export", "--verify", name)
            print(f"articles ({lang} {' '.join(query)}): {len(rows)} rows as in CSV and JSONL")

        run("indicators", "-o", "i.xlsx", "--address", ADDRESS)
        run("indicators", "-o", "i.csv")
        path = folder / "i.xlsx"
        _, about, rows = table(path, 1)
        expected = rows_of("i.csv")
        counted = compare(path, rows, expected, FIGURE_DATES, FIGURE_NUMBERS, ["preliminary"])
        for name in ["period_from", "date_from"]:
            check("date" in counted[name], f"{name}: no dates")
        check(about["Rows of values"].value == len(rows) > 10, "About: rows")
        run("export", "--verify", "i.xlsx")
        print(f"indicators: {len(rows)} rows as in CSV")

        run("indicators", "-o", "p.xlsx", "--pivot", "district,year")
        run("indicators", "-o", "p.csv", "--pivot", "district,year")
        path = folder / "p.xlsx"
        book, about, _ = table(path, 1)
        sheet = book.worksheets[0]
        with open(folder / "p.csv", encoding="utf-8", newline="") as file:
            expected = list(csv.reader(file))
        check(sheet.max_row == len(expected), f"{sheet.max_row} rows, {len(expected)} in CSV")
        labels = expected[0].index("unit") + 1
        numbers = differing = 0
        heads = [str(cell.value) for cell in sheet[1]]
        check(heads[labels:] == expected[0][labels:], f"heads {heads}")
        for cells, other in zip(sheet.iter_rows(min_row=2), expected[1:]):
            for at, (cell, text) in enumerate(zip(cells, other)):
                place = f"p.xlsx {cell.coordinate}"
                if at < labels or not text:
                    check((cell.value or "") == text, f"{place}: {cell.value!r}, CSV has {text!r}")
                    continue
                first, *others = text.split(" ≠ ")
                if "–" in first:
                    check(cell.value == first, f"{place}: {cell.value!r}, CSV has {text!r}")
                else:
                    check(cell.data_type == "n", f"{place}: no number")
                    check(float(first) == cell.value, f"{place}: {cell.value!r}, CSV has {text!r}")
                numbers += 1
                is_marked = cell.fill.fill_type == "solid"
                check("–" in first or is_marked == bool(others), f"{place}: marked {is_marked}")
                differing += bool(others)
        check(numbers > 5, f"{numbers} numbers")
        check(about["Cells with differing values"].value == differing, "About: differing values")
        check((len(book.worksheets) == 3) == (differing > 0), f"sheets {book.sheetnames}")
        run("export", "--verify", "p.xlsx")
        print(f"wide table: {numbers} cells as in CSV, {differing} with several values")

    # A small archive of two papers that differ, with what sheets have limits for.
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        index, corpus = folder / "index", folder / "corpus"
        corpus.mkdir()
        odd = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-5℃", "_x0041_", "甲\x0b乙\x00", "2023-02-10"]
        records = [
            {"publication": "甲报", "date": "1898-06-11", "title": text, "body": "一句话。"}
            for text in odd
        ]
        records.append({"publication": "甲报", "date": "2023-02", "title": "长文", "body": "长" * 40_000})
        for paper, number in [("甲报", "512.4"), ("乙报", "512.9"), ("丙报", "512.4")]:
            body = f"本报讯(记者 甲乙)1月9日，登封市人大会议开幕。2022年，全市地区生产总值完成{number}亿元。"
            records.append({"publication": paper, "date": "2023-01-10", "title": "登封市开会", "body": body})
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        (corpus / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")

        def run(*arguments, code=0):
            command = [binary, "--lang", "en", "--index", index, "--corpus", corpus, *arguments]
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            check(ran.returncode == code, f"{arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
            return ran.stdout + ran.stderr

        run("ingest")
        said = run("export", "-o", "a.xlsx")
        check("1 cell cut" in said, f"no word of the cell that was cut: {said}")
        run("export", "-o", "a.jsonl")
        _, about, rows = table(folder / "a.xlsx", 1)
        check(about["Cells cut to what fits"].value == 1, "About: cut cells")
        kept = [json.loads(line) for line in open(folder / "a.jsonl", encoding="utf-8")]
        check(len(rows) == len(kept) == len(records), f"{len(rows)} rows, {len(kept)} records")
        for row, record in zip(rows, kept):
            cell, value = row["title"]
            check(cell.data_type == "s" and plain(value) == record["title"], f"{value!r}: {record['title']!r}")
            day = row["date"]
            if record["date"]["value"] == "1898-06-11":
                check(day[1] == "1898-06-11", f"before 1900: {day[1]!r}")
            body = row["body"][1]
            units = len(body.encode("utf-16-le")) // 2
            check(units <= 32_767, f"{units} units")
            if record["title"] == "长文":
                check(body.endswith("… [cut here]") and units == 32_767, f"{units}: {body[-20:]}")
                check(not row["date"][0].is_date and row["date_not_before"][0].is_date, "a month")
            else:
                check(plain(body) == record["body"], f"{body!r}")
        titles = {plain(row["title"][1]) for row in rows}
        check({"=1+1", "_x0041_", "2023-02-10"} <= titles, f"{titles}")
        print(f"odd texts: {len(rows)} rows, one cell cut")

        run("indicators", "--name", "GDP", "-o", "p.xlsx", "--pivot", "district,year")
        book, about, _ = table(folder / "p.xlsx", 2)
        check(book.sheetnames == ["Table", "Differing values", "About"], f"{book.sheetnames}")
        cell = book.worksheets[0]["G2"]
        check(cell.value == 51_240_000_000 and cell.fill.fill_type == "solid", f"{cell.value}")
        stated = [row[-3:] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
        expected = [("2022", 51_240_000_000, 2), ("2022", 51_290_000_000, 1)]
        check(stated == expected, f"{stated}")
        print("wide table: values that differ are marked, and listed with how often they are stated")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
