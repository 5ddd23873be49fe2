"""`wuye check`: audit chain, states, clocks and the database, derived again and compared."""

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.nouns import about
from wuye_tui.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=about("check"))
def main(ctx: typer.Context) -> int:
    from wuye_tui.registers.backup_notes import forget_findings
    from wuye_tui.registers.backup_watch import watch
    from wuye_tui.registers.checking import check
    from wuye_tui.registers.clock_behind import warning

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    found = check(desk)
    if found.clean:
        forget_findings(desk.settings)
    backup = watch(desk)
    if backup.warning:
        output.say(backup.warning)
    if found.clean and (behind := warning(desk)):
        output.say(behind)
    if context.json:
        output.emit(
            {
                "clean": found.clean,
                "findings": found.findings,
                "counts": found.counts,
                "audit_seq": found.seq,
                "audit_head": found.head,
                "backup": context.zoned(backup.document, desk.zone),
            },
            True,
        )
    else:
        for finding in found.findings:
            output.emit(finding, False)
        if found.seq:
            anchor = _("审计记录共 {seq} 条，最后一条的校验值 {head}。")
            output.emit(anchor.format(seq=found.seq, head=found.head[:16]), False)
        done = _("核对了 {acts} 次操作、{matters} 张单、{steps} 步：{result}。").format(
            acts=found.counts.get("acts", 0),
            matters=found.counts.get("matters", 0),
            steps=found.counts.get("steps", 0),
            result=_("没有问题")
            if found.clean
            else _("有 {n} 处不对，请从备份恢复或联系开发者").format(n=len(found.findings)),
        )
        output.emit(done, False)
    return 0 if found.clean else 1
