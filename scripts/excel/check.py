"""Compares workbooks and CSV for Excel with the CSV for machines: check.py MACHINE_FOLDER ENGLISH_FOLDER CHINESE_FOLDER."""

import csv
import io
import re
import sys
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

import sums
from tables import TABLES, beijing, kind, machine_rows, yuan
from words import word

MARK = "DEMO 示例数据"
FORMATS = {"money": "#,##0.00", "time": "yyyy-mm-dd hh:mm:ss", "points": "#,##0", "count": "0", "flag": "@", "text": "@"}
FLAGS = {"en": {"true": "yes", "false": "no"}, "zh": {"true": "是", "false": "否"}}
LEAD = {
    "en": (["Summary", "Findings", "Claimants"], "Account", "Room's title", "Rewards of live streams", "Total"),
    "zh": (["汇总", "差异", "领取人汇总"], "账号", "直播间名称", "直播奖励对账", "合计"),
}
SUMMARY = {
    "en": ["Account", "Month", "Red packets", "Issued (¥)", "Claims", "Claimed (¥)", "Refunded (¥)", "Fee (¥)",
           "Not claimed yet (¥)", "Refunded, amount not told (¥)", "Difference (¥)", "Red packets with a difference", "Gifts",
           "Gifts, charged (¥)", "Gifts, list value in points", "Gifts, charged in points", "Gifts, unit unstated", "Prizes handed out or to be",
           "Prizes, value (¥)", "Of these, unit unstated"],
    "zh": ["账号", "月份", "红包数", "发放（元）", "领取笔数", "领取（元）", "退款（元）", "手续费（元）", "未领（元）", "已退款未报金额（元）",
           "差额（元）", "有差额红包数", "礼物笔数", "礼物实扣（元）", "礼物标价（积分）", "礼物实扣（积分）", "礼物笔数（单位未说明）", "奖品数（已发放或待发放）",
           "奖品价值（元）", "其中单位未说明"],
}
FINDINGS = {
    "en": ["Finding", "Account", "Check", "What is checked", "Severity", "Room's title", "Room", "About", "Its id", "What is wrong",
           "Amount (¥)", "Points", "Status", "Note", "First found at (Beijing time)", "Evidence"],
    "zh": ["编号", "账号", "检查", "检查内容", "级别", "直播间名称", "直播间 ID", "对象", "对象 ID", "说明", "金额（元）", "积分", "处理状态", "备注",
           "首次发现时间（北京时间）", "依据"],
}
CLAIMANTS = {
    "en": ["Account", "Vendor", "Claimant", "Kind of claimant id", "Claimant's nickname", "Month", "Claims", "Claimed (¥)"],
    "zh": ["账号", "平台", "领取人 ID", "领取人 ID 类型", "领取人昵称", "月份", "领取笔数", "领取金额（元）"],
}


def number(cell):
    """The number that is in a cell, by the digits that give its double."""
    assert cell.data_type == "n" and not isinstance(cell.value, bool), (cell.coordinate, cell.value)
    return Decimal(repr(cell.value))


def head_row(sheet):
    """The row of titles, by what repeats on every printed page."""
    first, last = re.fullmatch(r"\$(\d+):\$(\d+)", sheet.print_title_rows).groups()
    assert first == last, sheet.title
    return int(first)


def check_sheet(sheet, language, rows):
    """What holds for every sheet. Gives the titles, and the cells of so many rows below them."""
    head = head_row(sheet)
    titles = [cell.value for cell in sheet[head]]
    where = (language, sheet.title)
    assert all(titles) and len(set(titles)) == len(titles), (where, titles)
    for title in titles:
        is_chinese = bool(re.search("[\u4e00-\u9fff]", title))
        assert is_chinese == (language == "zh"), (where, title)
    last = get_column_letter(len(titles))
    assert sheet.freeze_panes == f"A{head + 1}", (where, sheet.freeze_panes)
    assert sheet.auto_filter.ref == f"A{head}:{last}{head + rows}", (where, sheet.auto_filter.ref)
    assert sheet["A1"].value == MARK and MARK in sheet.oddHeader.center.text, where
    assert "&P" in sheet.oddFooter.right.text and sheet.sheet_properties.tabColor is not None, where
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0), where
    assert sheet.sheet_properties.pageSetUpPr.fitToPage, where
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in "nsd", (where, cell.coordinate, cell.data_type)
            assert cell.hyperlink is None, (where, cell.coordinate)
    return titles, list(sheet.iter_rows(min_row=head + 1, max_row=head + rows))


def shown(cell, kind_of):
    """The value of a cell that has to be of a kind."""
    if cell.value is None:
        return None
    if kind_of in ("text", "flag"):
        assert cell.data_type == "s", (cell.coordinate, cell.value)
        # What is too long to be marked as text isn't.
        assert cell.number_format == "@" or len(cell.value) > 100, (cell.coordinate, cell.number_format)
        return cell.value
    assert cell.number_format == FORMATS[kind_of], (cell.coordinate, cell.number_format)
    if kind_of == "time":
        assert cell.is_date and isinstance(cell.value, datetime), cell.coordinate
        return cell.value
    return number(cell)


def expected(table, column, value, language):
    """What a value for machines is in a workbook."""
    if value == "":
        return None
    match kind(column):
        case "money":
            return yuan(value)
        case "time":
            return beijing(value)
        case "points" | "count":
            return Decimal(value)
        case "flag":
            return FLAGS[language][value]
    return word(table, column, value, language)


def in_order(rows):
    return sorted(rows, key=repr)


def check_table(sheet, table, has_room, language, machine):
    """Every cell is what the CSV for machines says, in whatever order."""
    rows = machine_rows(machine, table)
    columns = list(rows[0])[1:]
    titles, cells = check_sheet(sheet, language, len(rows))
    lead = [LEAD[language][1]] + [LEAD[language][2]] * has_room
    assert titles[: len(lead)] == lead and len(titles) == len(lead) + len(columns), (sheet.title, titles)
    unit = {"en": {"money": "¥", "time": "Beijing time"}, "zh": {"money": "元", "time": "北京时间"}}[language]
    for title, column in zip(titles[len(lead):], columns):
        assert unit.get(kind(column), "") in title, (sheet.title, title, column)
    found = [
        [row[0].value, *(shown(cell, kind(column)) for cell, column in zip(row[len(lead):], columns))] for row in cells
    ]
    told = [[row["account"], *(expected(table, column, row[column], language) for column in columns)] for row in rows]
    for one, other in zip(in_order(found), in_order(told), strict=True):
        assert one == other, (sheet.title, one, other)
    for at, column in enumerate(columns, 1):
        if kind(column) == "money":
            sheet_sum = sum((row[at] for row in found if row[at] is not None), Decimal(0))
            fen = sum(int(row[column]) for row in rows if row[column])
            assert sheet_sum * 100 == fen, (sheet.title, column, sheet_sum, fen)
    return titles, found


def check_summary(sheet, language, machine):
    """Every month, the total, and that each row adds up. Gives how many findings it tells."""
    told = sums.summary(machine)
    titles, cells = check_sheet(sheet, language, len(told))
    assert titles == SUMMARY[language], titles
    english = SUMMARY["en"]
    is_money = [title.endswith("(¥)") for title in english]
    months = {}
    for row in cells:
        place = (row[0].value, row[1].value)
        months[place] = {title: number(cell) for title, cell in zip(english[2:], row[2:])}
        for cell, money in zip(row, is_money):
            assert not money or cell.number_format == FORMATS["money"], (cell.coordinate, cell.number_format)
        of = months[place]
        parts = ["Claimed (¥)", "Refunded (¥)", "Fee (¥)", "Not claimed yet (¥)", "Refunded, amount not told (¥)", "Difference (¥)"]
        assert of["Issued (¥)"] == sum(of[part] for part in parts), (place, of)
        for title, amount in told[place].items():
            assert of[title] == amount, (place, title, of[title], amount)
    assert months.keys() == told.keys(), (months.keys(), told.keys())

    total = list(sheet.iter_rows(min_row=cells[-1][0].row + 1))
    assert len(total) == 1 and total[0][0].value == LEAD[language][4], "the row of totals is the last"
    for title, cell in zip(english[2:], total[0][2:]):
        if "in points" in title:
            assert cell.value is None, "points of one account aren't those of another"
        else:
            assert number(cell) == sum(of[title] for of in months.values()), (title, cell.value)

    lines = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=head_row(sheet) - 1))
    assert LEAD[language][3] in lines, lines
    as_of = datetime.fromisoformat(re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", lines)[0])
    findings = re.search(r"\((\d+) findings\)|共 (\d+) 条", lines)
    return as_of, int(findings[1] or findings[2])


def check_findings(sheet, language, number_of):
    titles, cells = check_sheet(sheet, language, number_of)
    assert titles == FINDINGS[language], titles
    kinds = ["text"] * 10 + ["money", "points", "text", "text", "time", "text"]
    for row in cells:
        for cell, kind_of in zip(row, kinds):
            if titles[cell.column - 1] not in ("What is wrong", "说明", "Note", "备注", "Evidence", "依据"):
                shown(cell, kind_of)
        assert all(row[at].value for at in (0, 1, 2, 3, 4, 9, 12, 14)), [cell.value for cell in row]


def check_claimants(sheet, language, machine):
    told = sums.claimants(machine)
    titles, cells = check_sheet(sheet, language, len(told))
    assert titles == CLAIMANTS[language], titles
    kinds = ["text"] * 6 + ["count", "money"]
    found = {}
    for row in cells:
        account, _, user, _, _, month, claims, amount = (shown(cell, kind_of) for cell, kind_of in zip(row, kinds))
        found[account, user, month] = (claims, amount)
    assert found == told


def check_workbook(folder, language, machine):
    path = Path(folder, "rewards.xlsx")
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            assert not re.search(r"vba|external|connections|activeX|embeddings", name), name
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >/]", parts.read(name)), f"{name} has formulas"
    book = load_workbook(path)
    names, _, _, title, _ = LEAD[language]
    at = {"en": 1, "zh": 2}[language]
    assert book.sheetnames == names + [table[at] for table in TABLES], book.sheetnames
    about = book.properties
    assert (about.title, about.subject, about.contentStatus) == (title, MARK, MARK), about
    assert about.creator is None and about.lastModifiedBy is None, "nobody is named"
    as_of, findings = check_summary(book[names[0]], language, machine)
    assert about.created + timedelta(hours=8) == as_of, (about.created, as_of)
    check_findings(book[names[1]], language, findings)
    check_claimants(book[names[2]], language, machine)
    heads, texts = {}, []
    for table, *names_of, has_room in TABLES:
        heads[table], rows = check_table(book[names_of[at - 1]], table, has_room, language, machine)
        texts += [value for row in rows for value in row if isinstance(value, str)]
    assert any(re.fullmatch(r"\d{13,}", text) for text in texts), "no id of many digits was seen"
    assert any(text.startswith("=") for text in texts), "no text like a formula was seen"
    return heads


# What Excel would take for a formula, a number, a date or a flag.
RISKY = re.compile(
    r"""[\s=+@'＝＋－＠-]
    | [\d.,]+%? \s* $
    | [\d.]+ e [+-]?\d+ $
    | \d{1,4} [/.:-] \d{1,4} ([/.:-] \d{1,4})? ([ ] [\d:.]+)? (\s? [ap]m)? $
    | (true|false) $
    | (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* [ -]? \d+ $
    | \d+ [ -]? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* $
    """,
    re.VERBOSE | re.IGNORECASE,
)


def check_csv(folder, table, has_room, language, machine, titles):
    """Each cell is what the CSV for machines says, and none becomes anything else in Excel. Gives how many are guarded."""
    content = Path(folder, f"{table}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n"), table
    assert content.count(b"\xef\xbb\xbf") == 1, table
    head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == [*titles, MARK], (table, head)
    rows = machine_rows(machine, table)
    columns = list(rows[0])[1:]
    guarded = 0

    def read(cell, kind_of):
        nonlocal guarded
        if kind_of in ("text", "flag"):
            if cell.startswith("'"):
                guarded += 1
                return cell[1:]
            assert not RISKY.match(cell) and len(cell) < 32768, (table, cell)
            return cell or None
        if cell == "":
            return None
        if kind_of == "time":
            return datetime.strptime(cell, "%Y-%m-%d %H:%M:%S")
        assert re.fullmatch(r"-?\d+\.\d\d" if kind_of == "money" else r"-?\d+", cell) and len(cell) <= 16, (table, cell)
        return Decimal(cell)

    found = []
    for line in lines:
        assert line[-1] == FLAGS[language]["true"], (table, line)
        if has_room:
            read(line[1], "text")
        values = (read(cell, kind(column)) for cell, column in zip(line[1 + has_room : -1], columns, strict=True))
        found.append([read(line[0], "text"), *values])
    told = [[row["account"], *(expected(table, column, row[column], language) for column in columns)] for row in rows]
    for one, other in zip(in_order(found), in_order(told), strict=True):
        assert one == other, (table, one, other)
    return guarded


def main():
    machine, *folders = sys.argv[1:]
    for language, folder in zip(("en", "zh"), folders, strict=True):
        heads = check_workbook(folder, language, machine)
        guarded = sum(
            check_csv(folder, table, has_room, language, machine, heads[table]) for table, _, _, has_room in TABLES
        )
        assert guarded, "nothing was guarded"
        rows = sum(len(machine_rows(machine, table[0])) for table in TABLES)
        print(f"{language}: {rows} rows are the same in rewards.xlsx and CSV; {guarded} cells are guarded")


main()
