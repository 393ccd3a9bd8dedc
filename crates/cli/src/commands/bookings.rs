//! `wuhen bookings`: tables taken in, a guest's bookings with what they guard, what staff say of one.

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use wuhen_detect::Sight;
use wuhen_formats::Source;
use wuhen_model::booking::{Booking, BookingStatus, Guard, Moment, Statement, Turn};
use wuhen_model::people::Permission;
use wuhen_service::bookings::{BookingImport, BookingReport, BookingView, BookingsRefused, Effect};
use wuhen_service::notice::Missing;
use wuhen_service::{Service, ServiceError};

use crate::answer::{Answer, Text};
use crate::app::{App, time_zone};
use crate::args::{
    Bookings, BookingsImport, BookingsList, BookingsSet, DepositName, TurnName, When,
};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::wiring::{self, Entered};
use crate::words::{Lang, booking_line, in_english, missing, plain, say, status_words};

pub(super) fn run(app: &App, command: &Bookings) -> Result<Answer, Problem> {
    match command {
        Bookings::Import(args) => import(app, args),
        Bookings::List(args) => list(app, args),
        Bookings::Set(args) => set(app, args),
    }
}

fn import(app: &App, args: &BookingsImport) -> Result<Answer, Problem> {
    let Entered {
        service, actor: by, ..
    } = wiring::enter(app, &[Permission::ManageBookings])?;
    let options = BookingImport {
        source: args.source.clone(),
        keep_going: args.keep_going,
        dry_run: args.dry_run,
    };
    let done = Source::open(&args.file)
        .map_err(ServiceError::from)
        .and_then(|source| service.import_bookings(&by, source, &options))
        .inspect_err(|error| {
            if let ServiceError::Bookings(BookingsRefused { bad, .. }) = error {
                complain(app, bad);
            }
        })?;
    let (report, problems) = (done.done, done.problems);
    complain(app, &report.bad);
    let mut answer = Answer::done(
        report_text(app.lang, args, &report, &problems),
        json!({
            "file": args.file.display().to_string(), "dry_run": args.dry_run, "rows": report.rows, "added": report.added,
            "changed": report.changed, "unchanged": report.unchanged, "kept_away": report.kept_away,
            "refused": refused_rows(&report), "cut": report.cut, "columns_ignored": report.columns_ignored,
            "problems": in_english(&problems), "seconds": app.seconds(),
        }),
    );
    if !report.bad.is_empty() {
        answer.exit = Exit::Partial;
    }
    Ok(answer)
}

fn complain(app: &App, bad: &[wuhen_service::bookings::BookingLine]) {
    for line in bad {
        app.complain_of_line(line.line, &booking_line(app.lang, line));
    }
}

/// Rows, of which several cells may be wrong.
fn refused_rows(report: &BookingReport) -> u64 {
    let mut lines: Vec<u64> = report.bad.iter().map(|bad| bad.line).collect();
    lines.dedup();
    lines.len() as u64
}

fn report_text(
    lang: Lang,
    args: &BookingsImport,
    report: &BookingReport,
    problems: &[Missing],
) -> Text {
    let BookingReport {
        rows,
        added,
        changed,
        unchanged,
        kept_away,
        cut,
        columns_ignored,
        ..
    } = report;
    let mut text = Text::default();
    text.line(if args.dry_run {
        say!(
            lang,
            "Rows: {rows}. New bookings would be: {added}; changed: {changed}; known already: {unchanged}. Nothing was imported.",
            "共 {rows} 行。将新增订单 {added} 个，更新 {changed} 个，无变化 {unchanged} 个。未导入任何内容。"
        )
    } else {
        say!(
            lang,
            "Rows: {rows}. New bookings: {added}; changed: {changed}; known already: {unchanged}.",
            "共 {rows} 行。新增订单 {added} 个，更新 {changed} 个，无变化 {unchanged} 个。"
        )
    });
    if *kept_away > 0 {
        text.line(say!(
            lang,
            "Of guests who were erased, so they stay away: {kept_away}.",
            "所属客人先前已删除，因此不再导入：{kept_away} 行。"
        ));
    }
    let refused = refused_rows(report);
    if refused > 0 {
        text.line(say!(
            lang,
            "Rows that could not be taken in: {refused}.",
            "无法导入：{refused} 行。"
        ));
    }
    if *columns_ignored > 0 {
        text.line(say!(
            lang,
            "Columns that are not known, passed over and stored nowhere: {columns_ignored}.",
            "未识别的列 {columns_ignored} 个，已跳过，未作任何保存。"
        ));
    }
    if *cut > 0 {
        text.line(say!(
            lang,
            "Card security codes cut, and stored nowhere: {cut}.",
            "已裁去银行卡安全码 {cut} 处，未作任何保存。"
        ));
    }
    say_problems(&mut text, lang, problems);
    text
}

fn say_problems(text: &mut Text, lang: Lang, problems: &[Missing]) {
    for problem in problems {
        text.line(format!("- {}", missing(lang, problem)));
    }
}

fn list(app: &App, args: &BookingsList) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ReadMasked])?;
    let sight = Sight::of(entered.viewer(&args.eyes)?);
    let Entered {
        service, actor: by, ..
    } = entered;
    let bookings = service.bookings(&by, &args.guest)?;
    let zone = time_zone(&service.tenant_settings().timezone)?;
    let lang = app.lang;
    let mut text = Text::default();
    if bookings.is_empty() {
        text.line(lang.pick("No booking.", "没有订单。"));
    }
    for view in &bookings {
        say_booking(&mut text, lang, (&service, sight), view, &zone);
    }
    let json: Vec<Value> = bookings
        .iter()
        .map(|view| booking_json(&service, sight, view, &zone))
        .collect();
    Ok(Answer::done(
        text,
        json!({ "bookings": json, "guard_days": service.guard_days().days(), "as": sight.viewer().as_str() }),
    ))
}

fn say_booking(
    text: &mut Text,
    lang: Lang,
    (service, sight): (&Service, Sight),
    view: &BookingView,
    zone: &TimeZone,
) {
    let booking = &view.booking;
    let mut parts = vec![plain(&service.mask_booking_number(&booking.id, sight))];
    parts.extend(
        booking
            .status
            .map(|status| status_words(lang, status).to_owned()),
    );
    if booking.check_in.is_some() || booking.check_out.is_some() {
        let day =
            |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        parts.push(format!(
            "{}..{}",
            day(booking.check_in),
            day(booking.check_out)
        ));
    }
    text.line(parts.join("  "));
    for guard in &view.guards {
        let (name, loss) = (guard_words(lang, *guard), guard.loss());
        let loss = match lang {
            Lang::En => loss.en,
            Lang::Zh => loss.zh,
        };
        text.line(match guard.until() {
            Some(until) => {
                let until = until
                    .to_zoned_datetime(zone.clone())
                    .strftime("%Y-%m-%d %H:%M");
                say!(
                    lang,
                    "  {name}, until {until}: {loss}",
                    "  {name}，至 {until}：{loss}"
                )
            }
            None => say!(lang, "  {name}: {loss}", "  {name}：{loss}"),
        });
    }
    if view.guards.is_empty() {
        text.line(lang.pick(
            "  Nothing guards its records now.",
            "  目前没有保护其记录的事项。",
        ));
    }
}

fn guard_words(lang: Lang, guard: Guard) -> &'static str {
    match guard {
        Guard::RefundOpen => lang.pick("refund open", "退款未完成"),
        Guard::CancellationWindowOpen { .. } => lang.pick("can be cancelled", "可取消"),
        Guard::DepositNotReturned => lang.pick("deposit not returned", "押金未退"),
        Guard::DisputeOpen => lang.pick("dispute open", "争议中"),
        Guard::AfterCheckout { .. } => lang.pick("days after check-out", "离店后的保留期"),
    }
}

fn booking_json(service: &Service, sight: Sight, view: &BookingView, zone: &TimeZone) -> Value {
    let Booking {
        id,
        check_in,
        check_out,
        status,
        cancel_until,
        refund_open: _,
        refund_closed_at,
        deposit_refunded,
        dispute,
        complaint: _,
        complaint_closed_at,
        closed_at,
    } = &view.booking;
    let guards: Vec<Value> = view
        .guards
        .iter()
        .map(|guard| {
            let loss = guard.loss();
            let mut json = json!(guard);
            json["until"] = json!(guard.until().map(|until| local(until, zone)));
            json["loss"] = json!({ "en": loss.en, "zh": loss.zh });
            json
        })
        .collect();
    json!({
        "id": service.mask_booking_number(id, sight), "check_in": check_in, "check_out": check_out, "status": status,
        "cancel_until": cancel_until, "refund_open": view.refund_open, "refund_closed_at": refund_closed_at,
        "deposit_refunded": deposit_refunded, "dispute": dispute, "complaint_open": view.complaint_open,
        "complaint_closed_at": complaint_closed_at, "closed_at": closed_at, "guards": guards,
    })
}

/// RFC 3339 with the offset of the house.
fn local(at: jiff::Timestamp, zone: &TimeZone) -> String {
    at.display_with_offset(zone.to_offset(at)).to_string()
}

fn set(app: &App, args: &BookingsSet) -> Result<Answer, Problem> {
    let statement = statement(app, args)?;
    let Entered {
        service, actor: by, ..
    } = wiring::enter(app, &[Permission::ManageBookings])?;
    let done = service.set_booking(&by, &args.guest, &args.booking, &statement)?;
    let lang = app.lang;
    let (word, said) = match done.done {
        Effect::New => (
            "new",
            lang.pick("The booking is on record now.", "订单已登记。"),
        ),
        Effect::Changed => (
            "changed",
            lang.pick("The booking was changed.", "订单已更新。"),
        ),
        Effect::Unchanged => (
            "unchanged",
            lang.pick(
                "All of it was known already.",
                "内容与已登记的相同，没有变化。",
            ),
        ),
    };
    let mut text = Text::of(said);
    say_problems(&mut text, lang, &done.problems);
    Ok(Answer::done(
        text,
        json!({ "guest": args.guest, "booking": args.booking, "effect": word, "problems": in_english(&done.problems) }),
    ))
}

fn statement(app: &App, args: &BookingsSet) -> Result<Statement, Problem> {
    let closes = [args.refund, args.complaint].contains(&Some(TurnName::Closed));
    if args.at.is_some() && !closes {
        return Err(usage(
            "--at says when a refund or a complaint was closed: give --refund closed or --complaint closed with it",
            "--at 表示退款或投诉何时结束：请同时给出 --refund closed 或 --complaint closed",
        ));
    }
    let now = Moment::At(app.now());
    let at = args.at.map_or(now, moment);
    let turn = |name| match name {
        TurnName::Open => Turn::Open,
        TurnName::Closed => Turn::Closed(Some(at)),
    };
    let mut said = Statement::default();
    if let Some(day) = args.check_in {
        said.check_in(self::day(day)?);
    }
    if let Some(day) = args.check_out {
        said.check_out(self::day(day)?);
    }
    if let Some(status) = args.status {
        said.status(BookingStatus::from(status));
    }
    if let Some(until) = args.cancel_until {
        said.cancel_until(moment(until));
    }
    if let Some(refund) = args.refund {
        said.refund(turn(refund));
    }
    if let Some(deposit) = args.deposit {
        said.deposit_returned(deposit == DepositName::Returned);
    }
    if let Some(dispute) = args.dispute {
        said.dispute(dispute == TurnName::Open);
    }
    if let Some(complaint) = args.complaint {
        said.complaint(turn(complaint));
    }
    if let Some(at) = args.closed_at {
        said.closed_at(moment(at));
    }
    Ok(said)
}

fn moment(when: When) -> Moment {
    match when {
        When::Day(day) => Moment::Day(day),
        When::Time(at) => Moment::At(at),
    }
}

fn day(when: When) -> Result<jiff::civil::Date, Problem> {
    match when {
        When::Day(day) => Ok(day),
        When::Time(_) => Err(usage(
            "--check-in and --check-out are days, such as 2026-01-05",
            "--check-in 和 --check-out 应为日期，如 2026-01-05",
        )),
    }
}

fn usage(en: &str, zh: &str) -> Problem {
    Problem::own(Exit::Usage, en, zh)
}
