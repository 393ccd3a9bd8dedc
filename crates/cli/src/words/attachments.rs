//! What was done to attachments and found in them, in the words of the person who reads it.

use wuhen_service::attachment::{AttachmentCounts, AttachmentView, ContentScan, Mark, ScanState};

use super::{Lang, kind_words, say};

/// What a mark says.
pub(crate) fn mark_words(lang: Lang, mark: Mark) -> &'static str {
    match mark {
        Mark::IdentityDocument => lang.pick("identity document", "身份证件"),
    }
}

/// What is to be said of one attachment, each thing for itself.
pub(crate) fn attachment_remarks(lang: Lang, attachment: &AttachmentView) -> Vec<String> {
    let mut remarks = Vec::new();
    remarks.extend(
        attachment
            .mark
            .map(|mark| mark_words(lang, mark).to_owned()),
    );
    if !attachment.stripped.is_empty() {
        let words: Vec<&str> = attachment
            .stripped
            .iter()
            .map(|taken| taken_words(lang, taken))
            .collect();
        let taken = words.join(lang.comma());
        remarks.push(say!(lang, "without its {taken}", "已去除{taken}"));
    }
    if attachment.not_understood {
        remarks.push(
            lang.pick(
                "not wholly understood: where it was taken may be left in it",
                "未能完全识别：其中可能仍有拍摄地点",
            )
            .to_owned(),
        );
    }
    if attachment.not_looked_into {
        remarks.push(
            lang.pick(
                "of a kind that is not looked into: it may hold anything",
                "此类文件不作检查：其中内容未知",
            )
            .to_owned(),
        );
    }
    if attachment.codes_left {
        remarks.push(
            lang.pick(
                "CARD SECURITY CODES ARE STORED IN IT: nothing can be cut out of a PDF file; erase its message",
                "其中保存有银行卡安全码：无法从 PDF 文件中裁去，请删除该消息",
            )
            .to_owned(),
        );
    }
    if let Some(scan) = &attachment.scan {
        remarks.extend(scan_remarks(lang, scan));
    }
    remarks
}

fn scan_remarks(lang: Lang, scan: &ContentScan) -> Vec<String> {
    let mut remarks = Vec::new();
    if !scan.findings.is_empty() {
        let found: Vec<String> = scan
            .findings
            .iter()
            .map(|(kind, count)| format!("{} {count}", kind_words(lang, *kind)))
            .collect();
        let found = found.join(lang.comma());
        remarks.push(say!(lang, "personal data: {found}", "个人信息：{found}"));
    }
    if let Some(words) = not_scanned_words(lang, scan.state) {
        remarks.push(words.to_owned());
    }
    remarks
}

/// What an import did to attachments, line by line; none where there is nothing to say.
pub(crate) fn attachment_counts(lang: Lang, counts: &AttachmentCounts) -> Vec<String> {
    let mut lines = Vec::new();
    if !counts.stripped.is_empty() {
        let taken: Vec<String> = counts
            .stripped
            .iter()
            .map(|(taken, count)| format!("{} {count}", taken_words(lang, taken)))
            .collect();
        let taken = taken.join(lang.comma());
        lines.push(say!(
            lang,
            "Taken out of pictures and films, number of files: {taken}.",
            "已从图片和影片中去除（文件数）：{taken}。"
        ));
    }
    let AttachmentCounts {
        not_understood,
        identity_documents,
        with_findings,
        codes_cut,
        codes_in_documents,
        ..
    } = counts;
    if *not_understood > 0 {
        lines.push(say!(
            lang,
            "Pictures and films not wholly understood, in which where they were taken may be left: {not_understood}.",
            "未能完全识别、其中可能仍有拍摄地点的图片和影片：{not_understood}。"
        ));
    }
    if *identity_documents > 0 {
        lines.push(say!(
            lang,
            "Marked as identity documents: {identity_documents}.",
            "已标为身份证件：{identity_documents}。"
        ));
    }
    let scanned: u64 = counts.scanned.values().sum();
    if scanned > 0 {
        lines.push(say!(
            lang,
            "Texts and PDF files scanned: {scanned}, with personal data: {with_findings}.",
            "已扫描文本和 PDF 文件：{scanned}，其中含个人信息：{with_findings}。"
        ));
    }
    if *codes_cut > 0 {
        lines.push(say!(
            lang,
            "Texts that card security codes were cut out of: {codes_cut}.",
            "已截去卡片安全码的文本：{codes_cut}。"
        ));
    }
    if *codes_in_documents > 0 {
        lines.push(documents_words(lang, *codes_in_documents));
    }
    lines.extend(kinds_unknown(lang, counts.not_looked_into));
    for (state, count) in &counts.scanned {
        if let Some(words) = not_scanned_words(lang, *state) {
            lines.push(say!(lang, "{words}: {count}.", "{words}：{count}。"));
        }
    }
    lines
}

fn kinds_unknown(lang: Lang, count: u64) -> Option<String> {
    (count > 0).then(|| {
        say!(
            lang,
            "Files of kinds that are not looked into, which may hold anything: {count}.",
            "不作检查、其中内容未知的其他类型文件：{count}。"
        )
    })
}

/// What cannot be cut, and has to be said instead.
pub(crate) fn documents_words(lang: Lang, count: u64) -> String {
    say!(
        lang,
        "CARD SECURITY CODES ARE STORED in PDF files, out of which nothing can be cut: {count}. Find them with `wuhen scan --store` and `wuhen show`, and erase their messages.",
        "注意：有 {count} 个 PDF 文件保存有银行卡安全码，无法从中裁去。请用 `wuhen scan --store` 和 `wuhen show` 查找，并删除相应消息。"
    )
}

fn not_scanned_words(lang: Lang, state: ScanState) -> Option<&'static str> {
    Some(match state {
        ScanState::Done => return None,
        ScanState::TooLarge => lang.pick("too large to be read to its end", "过大，未读完"),
        ScanState::Encrypted => lang.pick("encrypted, not read", "已加密，未读取"),
        ScanState::Pictures => lang.pick(
            "with pages that are pictures, which are not read",
            "含图片页，图片中的文字未读取",
        ),
        ScanState::Damaged => lang.pick(
            "damaged or without a readable text, not wholly read",
            "已损坏或无可读文本，未完全读取",
        ),
    })
}

fn taken_words(lang: Lang, taken: &str) -> &str {
    match (lang, taken) {
        (Lang::En, "maker-note") => "maker's note",
        (Lang::En, "trailing-data") => "trailing data",
        (Lang::Zh, "location") => "拍摄地点",
        (Lang::Zh, "thumbnail") => "缩略图",
        (Lang::Zh, "maker-note") => "厂商数据",
        (Lang::Zh, "metadata") => "拍摄信息",
        (Lang::Zh, "trailing-data") => "尾部附加数据",
        (_, other) => other,
    }
}
