//! Tables as hotels' systems write them, and as they go wrong.

use std::io::{Cursor, Read};

use wuhen_model::booking::{Booking, BookingStatus, Moment, Order, Stated};
use wuhen_model::limits::ID_BYTES_MAX;

use super::*;

fn sheet_of(bytes: impl Read + Send + 'static) -> Result<Sheet, FormatError> {
    read(Source::from_reader("table.csv", bytes).expect("bytes can be read"))
}

fn sheet(text: impl AsRef<[u8]>) -> Sheet {
    let sheet = sheet_of(Cursor::new(text.as_ref().to_vec()));
    sheet.unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: impl AsRef<[u8]>) -> FormatError {
    let sheet = sheet_of(Cursor::new(text.as_ref().to_vec()));
    sheet.err().expect("the table is refused")
}

fn booking(row: &BookingRow) -> Booking {
    let mut stated = Stated::default();
    stated.take(&row.statement, Order::of_node(1));
    stated.booking(&row.id)
}

fn bad(text: &str) -> Vec<(u64, Option<&'static str>, CellProblem)> {
    let bad = sheet(text).bad.into_iter();
    bad.map(|bad| (bad.line, bad.column.map(Column::name), bad.problem))
        .collect()
}

#[test]
fn headings_in_either_language_and_any_order_say_the_same() {
    let english = "Status,Guest ID,order-no,Check In,check_out,Cancel Until,refund_closed_at,Deposit_Refunded,dispute,CLOSED AT\n\
                   refunding,g1,B1,2026-01-05,2026/1/7,2026-01-04T18:00:00+08:00,2026-01-09,no,YES,2026-02-01\n";
    let chinese = "\u{feff}订单号,客人,入住,离店,状态,可取消至,退款完成,押金退还,争议,结束\r\n\
                   B1,g1,2026/1/5,2026年1月7日,退款中,2026-01-04T10:00:00Z,2026/01/09,否,是,2026-02-01\r\n";
    let [english, chinese] = [english, chinese].map(|text| {
        let sheet = sheet(text);
        assert_eq!((sheet.bad.len(), sheet.rows.len()), (0, 1));
        assert_eq!(
            (sheet.rows[0].guest.as_str(), sheet.rows[0].line),
            ("g1", 2)
        );
        booking(&sheet.rows[0])
    });
    assert!(english == chinese);
    assert_eq!(english.status, Some(BookingStatus::Refunding));
    assert_eq!(
        english.check_out.map(|day| day.to_string()).as_deref(),
        Some("2026-01-07")
    );
    assert!(matches!(english.cancel_until, Some(Moment::At(_))));
    assert_eq!(english.deposit_refunded, Some(false));
    assert_eq!(english.dispute, Some(true));
}

#[test]
fn every_encoding_that_hotels_use_is_read() {
    let text = "订单号,客人,状态\n甲一,张三客人,已预订\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [text.as_bytes(), &gb18030, &utf16] {
        let sheet = sheet(bytes);
        assert_eq!(sheet.rows[0].id, "甲一");
        assert_eq!(booking(&sheet.rows[0]).status, Some(BookingStatus::Booked));
    }
    let broken = [text.as_bytes(), b"B2,\xff\xfe\xfd,booked\n"].concat();
    let error = refused(broken);
    assert_eq!(error.line, 3);
    assert!(matches!(error.problem, Problem::Encoding { .. }), "{error}");
}

#[test]
fn quotes_blank_lines_and_line_ends_are_those_of_rfc_4180() {
    let text =
        "id,guest,note\r\n\r\n\"B,1\",\"g \"\"1\"\"\",\"two\nlines\"\n   \nB2,g2,\nB3,,x\rB4,g4,y";
    let sheet = sheet(text);
    let rows: Vec<(u64, &str, &str)> = sheet
        .rows
        .iter()
        .map(|row| (row.line, row.id.as_str(), row.guest.as_str()))
        .collect();
    assert_eq!(
        rows,
        [(3, "B,1", "g \"1\""), (6, "B2", "g2"), (8, "B4", "g4")]
    );
    assert_eq!((sheet.rows_total, sheet.columns_ignored), (4, 1));
    assert_eq!(
        (sheet.bad[0].line, sheet.bad[0].problem),
        (7, CellProblem::Empty)
    );
}

#[test]
fn every_bad_cell_is_told_with_its_line_and_column_and_never_with_what_stood_there() {
    let text = "id,guest,check_in,cancel_until,status,dispute,refund_closed_at\n\
                B1,g1,SECRET,,,,\n\
                B2,g2,2026-02-30,2026-01-05T18:00:00,SECRET,maybe,later\n\
                B3,g3\n\
                ,g4,,,,,\n\
                B5,g5,2026-1-5,2026-01-05,no show,n,yes\n";
    assert_eq!(
        bad(text),
        [
            (2, Some("check_in"), CellProblem::NotADay),
            (3, Some("check_in"), CellProblem::NotADay),
            (3, Some("cancel_until"), CellProblem::NotAMoment),
            (3, Some("status"), CellProblem::NotAStatus),
            (3, Some("dispute"), CellProblem::NotYesOrNo),
            (3, Some("refund_closed_at"), CellProblem::NotYesNoOrWhen),
            (
                4,
                None,
                CellProblem::RowLength {
                    cells: 2,
                    columns: 7
                }
            ),
            (5, Some("id"), CellProblem::Empty),
        ]
    );
    assert_eq!(sheet(text).rows.len(), 1);
    for (_, _, problem) in bad(text) {
        assert!(!problem.to_string().contains("SECRET"));
    }
    // A table without a heading begins with somebody's data.
    for text in [
        "SECRET,g1\nB2,g2\n",
        "id,SECRET\n",
        "id,guest,order\n",
        "",
        "\n\n",
    ] {
        let words = refused(text).to_string();
        assert!(
            words.contains("table.csv") && !words.contains("SECRET"),
            "{words}"
        );
    }
}

#[test]
fn when_a_refund_was_closed_says_more_than_whether_whichever_column_comes_first() {
    for text in [
        "id,guest,refund_open,refund_closed_at\nB1,g1,no,2026-01-09\n",
        "id,guest,refund_closed_at,refund_open\nB1,g1,2026-01-09,no\n",
    ] {
        assert!(booking(&sheet(text).rows[0]).refund_closed_at.is_some());
    }
}

#[test]
fn ids_rows_columns_and_bytes_are_taken_up_to_their_limits_and_one_over_is_refused() {
    let id = |bytes| format!("id,guest\n{},g1\n", "x".repeat(bytes));
    assert_eq!(bad(&id(ID_BYTES_MAX)), []);
    let (bytes, bytes_max) = (ID_BYTES_MAX + 1, ID_BYTES_MAX);
    let too_long = CellProblem::TooLong { bytes, bytes_max };
    assert_eq!(bad(&id(ID_BYTES_MAX + 1)), [(2, Some("id"), too_long)]);

    let rows = |rows| format!("id,guest\n{}", "B,g\n".repeat(rows));
    assert_eq!(sheet(rows(BOOKINGS_ROWS_MAX)).rows.len(), BOOKINGS_ROWS_MAX);
    let problem = |text: String| refused(text).problem.to_string();
    assert!(problem(rows(BOOKINGS_ROWS_MAX + 1)).contains("100000 rows"));

    let columns = |columns| format!("id,guest{}\n", ",x".repeat(columns - 2));
    let widest = sheet(columns(BOOKINGS_COLUMNS_MAX));
    assert_eq!(widest.columns_ignored, BOOKINGS_COLUMNS_MAX as u64 - 2);
    assert!(problem(columns(BOOKINGS_COLUMNS_MAX + 1)).contains("200 columns"));

    let heading = b"id,guest\n";
    let large = |bytes: usize| {
        let blank = std::io::repeat(b'\n').take((bytes - heading.len()) as u64);
        sheet_of(Cursor::new(heading.to_vec()).chain(blank))
    };
    assert_eq!(
        large(BOOKINGS_FILE_BYTES_MAX)
            .map(|sheet| sheet.rows_total)
            .ok(),
        Some(0)
    );
    let over = large(BOOKINGS_FILE_BYTES_MAX + 1).err().expect("refused");
    assert!(matches!(
        over.problem,
        Problem::Sheet(SheetProblem::TooLarge)
    ));
}
