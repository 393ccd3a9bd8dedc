//! A decision as a guest reads it, in both languages: plain words, days as people say them, and nothing of anybody.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::{Decision, Outcome, ReasonCode, Wait};
use crate::calendar::end_of;
use crate::rules::Said;

impl Decision {
    /// What is told to who asks, or would like to know: what becomes of the record, why, until when, and on which article. Days and
    /// hours are those of the tenant's zone.
    #[must_use]
    pub fn sentence(&self, zone: &TimeZone) -> Said {
        let mut said = match self.outcome {
            Outcome::Erase => erased(self.reason),
            Outcome::Waiting { wait } => waiting(self.reason, wait, zone),
            Outcome::RestrictedUntil { until } => kept(until, zone),
            Outcome::Held { .. } => held(self.also_restrict),
            Outcome::Refused | Outcome::Skipped => stays(self.reason),
        };
        if let Some(article) = &self.article {
            said = pair(
                format!("{}依据：{}。", said.zh, article.zh),
                format!("{} This follows {}.", said.en, article.en),
            );
        }
        said
    }
}

fn pair(zh: impl Into<String>, en: impl Into<String>) -> Said {
    Said {
        zh: zh.into(),
        en: en.into(),
    }
}

fn erased(reason: ReasonCode) -> Said {
    let (zh, en) = match reason {
        ReasonCode::AskedByStaff => ("按照工作人员的请求", "as our staff asked"),
        ReasonCode::AskedByApi => (
            "按照与我们系统相连的程序的请求",
            "as a program linked to our system asked",
        ),
        ReasonCode::CalendarCleanUp => ("在定期清理中", "in our regular clean-up"),
        ReasonCode::LabelDestroyed => (
            "因为它所带的保密标签要销毁",
            "because the confidentiality label that it bears is destroyed",
        ),
        ReasonCode::TemporaryAccountEnded => (
            "因为临时账户已经到期",
            "because the temporary account has ended",
        ),
        ReasonCode::CeilingReached => (
            "因为保存期限已满",
            "because it has been kept for as long as it may be",
        ),
        ReasonCode::PrivacyMode => (
            "按照您在隐私模式中的设置",
            "as your privacy mode is set to do",
        ),
        _ => ("按照您的请求", "as you asked"),
    };
    pair(
        format!("{zh}，这条记录将永久删除，删除后无法恢复。"),
        format!("This record is erased for ever, {en}; it cannot be brought back."),
    )
}

fn held(restricts: bool) -> Said {
    let mut said = pair(
        "这条记录与一件还没有了结的案件有关，设有诉讼保留，现在不能删除。诉讼保留解除后，我们会自动重新处理，您不必再次申请。",
        "This record is needed in a matter that is not closed. It is under a legal hold and cannot be erased now. Once the hold is \
         released, we look at it again by ourselves; you need not ask again.",
    );
    if restricts {
        said.zh += "在此之前对它限制处理：只保存，不能查看，也不能搜索。";
        said.en +=
            " Until then it is restricted: it is only stored, and nobody can read or search it.";
    }
    said
}

fn kept(until: Option<Timestamp>, zone: &TimeZone) -> Said {
    match until.map(|until| end(until, zone)) {
        Some(until) => pair(
            format!(
                "法律要求这条记录保存到{}。在此之前对它限制处理：只保存，不能查看，也不能搜索。期满后再删除。",
                until.zh
            ),
            format!(
                "The law asks us to keep this record until {}. Until then it is restricted: it is only stored, and nobody can read or \
                 search it. After that it is erased.",
                until.en
            ),
        ),
        None => pair(
            "法律要求这条记录保存一段时间，这段时间要等相关事项（例如退房、退款）办完才开始计算，所以现在还说不出到哪一天。\
             在此之前对它限制处理：只保存，不能查看，也不能搜索。期满后再删除。",
            "The law asks us to keep this record for a time that begins only when what it is about is done, such as the check-out or a \
             refund, so we cannot name the day yet. Until then it is restricted: it is only stored, and nobody can read or search it. \
             After that it is erased.",
        ),
    }
}

fn waiting(reason: ReasonCode, wait: Wait, zone: &TimeZone) -> Said {
    let until = Outcome::Waiting { wait }
        .until()
        .map_or_else(|| pair("", ""), |until| end(until, zone));
    let mut said = match wait {
        Wait::Guard(_) => guarded(reason, &until),
        Wait::Window { .. } => windowed(reason, &until),
        Wait::Backup | Wait::Identity | Wait::Approval => {
            let (zh, en) = for_somebody(reason);
            pair(zh, en)
        }
    };
    if let Wait::Guard(guard) = wait {
        let loss = guard.loss();
        said.zh += &loss.zh;
        said.en = format!("{} {}", said.en, loss.en);
    }
    said
}

fn guarded(reason: ReasonCode, until: &Said) -> Said {
    let (zh, en) = match reason {
        ReasonCode::RefundOpen => (
            "退款还没有办完，这条记录等退款办完后再删除。".to_owned(),
            "The refund is not closed yet; this record is erased once it is.".to_owned(),
        ),
        ReasonCode::CancellationWindowOpen => (
            format!("订单在{}之前还可以取消，这条记录在那之后再删除。", until.zh),
            format!(
                "The booking can be cancelled until {}; this record is erased after that.",
                until.en
            ),
        ),
        ReasonCode::DepositNotReturned => (
            "押金还没有退还，这条记录等押金退还后再删除。".to_owned(),
            "The deposit has not been returned yet; this record is erased once it has been."
                .to_owned(),
        ),
        ReasonCode::DisputeOpen => (
            "争议还没有解决，这条记录等争议解决后再删除。".to_owned(),
            "The dispute is not settled yet; this record is erased once it is.".to_owned(),
        ),
        _ => (
            format!(
                "退房前后可能还用得到这条记录，它会保留到{}，之后再删除。",
                until.zh
            ),
            format!(
                "This record may still be needed for the stay and some days after it: it is kept until {} and erased after that.",
                until.en
            ),
        ),
    };
    pair(zh, en)
}

fn windowed(reason: ReasonCode, until: &Said) -> Said {
    let (zh, en) = if reason == ReasonCode::CoolingOff {
        (
            "这次删除已经发邮件通知，在",
            "This erasure was announced by mail. It can be called off until ",
        )
    } else {
        (
            "删除请求已经收到，在",
            "The request to erase this record is noted. It can be taken back until ",
        )
    };
    pair(
        format!("{zh}{}之前可以撤回，之后永久删除。", until.zh),
        format!(
            "{en}{}; after that the record is erased for ever.",
            until.en
        ),
    )
}

const fn for_somebody(reason: ReasonCode) -> (&'static str, &'static str) {
    match reason {
        ReasonCode::BackupNeeded => (
            "这类记录要先备份再删除。备份做好，或者确认不需要备份，就会继续删除。",
            "Records of this kind are backed up before they are erased. It goes on once the backup is made, or once it is said that \
             none is wanted.",
        ),
        ReasonCode::IdentityNeeded => (
            "我们还要确认提出请求的是您本人。确认之后就会继续删除。",
            "We still have to make sure that it is you who asks. It goes on once you have shown that.",
        ),
        ReasonCode::PrivacyOfficerNeeded => (
            "这次要删除的记录超过1000条，需要个人信息保护负责人同意。同意之后就会继续删除。",
            "More than 1,000 records are to be erased at once, so the privacy officer has to agree. It goes on after that.",
        ),
        ReasonCode::CoolingOffNotAnnounced => (
            "这次删除要先发邮件通知，通知发出24小时之后才会删除。",
            "This erasure is first announced by mail, and happens 24 hours after that.",
        ),
        _ => (
            "这次删除需要另一位工作人员同意。同意之后就会继续删除。",
            "A second member of staff has to agree to this erasure. It goes on after that.",
        ),
    }
}

fn stays(reason: ReasonCode) -> Said {
    let (zh, en) = match reason {
        ReasonCode::Refused => (
            "个人信息保护负责人没有同意删除这条记录。您如果不同意，可以向监管部门投诉，也可以向法院起诉。",
            "The privacy officer has refused to erase this record. If you do not agree, you can complain to the authority, or go to court.",
        ),
        ReasonCode::RoleMayNotAsk => (
            "提出请求的工作人员没有删除记录的权限，这条记录不会删除。",
            "The member of staff who asked may not have records erased. This record is not erased.",
        ),
        ReasonCode::ReviewDue => (
            "这条记录的保存期限已满，负责人要先看过再决定，在此之前不会删除。",
            "This record has been kept for as long as planned. Somebody looks at it first; until then it is not erased.",
        ),
        _ => (
            "没有人要求删除这条记录，保存期限也没有满，所以它保持不变。",
            "Nobody has asked to erase this record and its time is not over, so it stays as it is.",
        ),
    };
    pair(zh, en)
}

/// An end as people say it: the end of a day, or the minute at which it is over, a begun one being counted.
fn end(until: Timestamp, zone: &TimeZone) -> Said {
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let last = day(until.checked_sub(1.nanosecond()).unwrap_or(until));
    if end_of(zone, last) == until {
        return pair(
            format!("{}结束", day_zh(last)),
            format!("the end of {}", day_en(last)),
        );
    }
    let begun = until.as_second() % 60 != 0 || until.subsec_nanosecond() != 0;
    let minute = until
        .checked_add(i64::from(begun).minutes())
        .unwrap_or(until);
    let time = zone.to_datetime(minute);
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    pair(
        format!("{}{clock}", day_zh(time.date())),
        format!("{clock} on {}", day_en(time.date())),
    )
}

fn day_zh(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn day_en(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{} {month} {}", day.day(), day.year())
}
