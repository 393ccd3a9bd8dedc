//! Columns of a table of bookings, and the names that hotels' systems give them.

/// A column that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The booking's id.
    Id,
    /// The guest's id.
    Guest,
    /// Day of arrival.
    CheckIn,
    /// Day of departure.
    CheckOut,
    /// What became of it.
    Status,
    /// Until when it can be called off.
    CancelUntil,
    /// Whether a refund is open.
    RefundOpen,
    /// When the refund was closed, or whether.
    RefundClosedAt,
    /// Whether the deposit was given back.
    DepositRefunded,
    /// Whether a dispute is open.
    Dispute,
    /// Whether a complaint is open.
    Complaint,
    /// When the complaint was closed.
    ComplaintClosedAt,
    /// When the booking was closed.
    ClosedAt,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Guest,
        Self::CheckIn,
        Self::CheckOut,
        Self::Status,
        Self::CancelUntil,
        Self::RefundOpen,
        Self::RefundClosedAt,
        Self::DepositRefunded,
        Self::Dispute,
        Self::Complaint,
        Self::ComplaintClosedAt,
        Self::ClosedAt,
    ];

    /// As the interchange format calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    /// In Chinese.
    #[must_use]
    pub const fn name_zh(self) -> &'static str {
        self.names_zh()[0]
    }

    /// Whether every table has it.
    pub(super) const fn is_needed(self) -> bool {
        matches!(self, Self::Id | Self::Guest)
    }

    /// The column of a heading's cell. Capitals, and what joins words, do not matter.
    pub(super) fn named(cell: &str) -> Option<Self> {
        let cell: String = cell
            .trim()
            .chars()
            .filter(|c| !matches!(c, '_' | '-' | ' ' | '\u{feff}'))
            .flat_map(char::to_lowercase)
            .collect();
        Self::ALL.into_iter().find(|column| {
            let mut names = column.names().iter().chain(column.names_zh());
            names.any(|name| name.chars().filter(|c| *c != '_').eq(cell.chars()))
        })
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "id",
                "booking",
                "booking_id",
                "booking_no",
                "booking_number",
                "order",
                "order_id",
                "order_no",
                "order_number",
                "reservation",
                "reservation_id",
                "reservation_number",
            ],
            Self::Guest => &["guest", "guest_id"],
            Self::CheckIn => &["check_in", "arrival", "arrival_date", "check_in_date"],
            Self::CheckOut => &["check_out", "departure", "departure_date", "check_out_date"],
            Self::Status => &["status", "booking_status", "order_status"],
            Self::CancelUntil => &[
                "cancel_until",
                "free_cancellation_until",
                "cancellation_deadline",
            ],
            Self::RefundOpen => &["refund_open"],
            Self::RefundClosedAt => &[
                "refund_closed_at",
                "refund_closed",
                "refunded_at",
                "refunded",
            ],
            Self::DepositRefunded => &["deposit_refunded", "deposit_returned"],
            Self::Dispute => &["dispute", "dispute_open"],
            Self::Complaint => &["complaint", "complaint_open"],
            Self::ComplaintClosedAt => &["complaint_closed_at", "complaint_closed"],
            Self::ClosedAt => &["closed_at", "closed"],
        }
    }

    const fn names_zh(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["订单号", "订单", "订单编号", "预订号", "预订编号", "确认号"],
            Self::Guest => &["客人", "客人编号", "客人id", "宾客", "宾客编号"],
            Self::CheckIn => &["入住", "入住日期", "到店日期", "抵店日期"],
            Self::CheckOut => &["离店", "离店日期", "退房", "退房日期"],
            Self::Status => &["状态", "订单状态"],
            Self::CancelUntil => &["可取消至", "免费取消截止", "取消截止"],
            Self::RefundOpen => &["退款中", "退款未完成"],
            Self::RefundClosedAt => &["退款完成", "退款完成日期", "退款完成时间"],
            Self::DepositRefunded => &["押金退还", "押金已退", "押金已退还"],
            Self::Dispute => &["争议", "争议中"],
            Self::Complaint => &["投诉", "投诉中"],
            Self::ComplaintClosedAt => &["投诉结束", "投诉结束日期", "投诉结束时间"],
            Self::ClosedAt => &["结束", "结束日期", "结束时间"],
        }
    }
}
