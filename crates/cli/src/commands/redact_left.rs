//! What a redaction of the store leaves, said before and after it.

use serde_json::{Value, json};
use wuhen_service::redact::LeftOut;

use crate::answer::Text;
use crate::words::{Lang, say};

/// One line for each that there is.
pub(super) fn say_left(text: &mut Text, lang: Lang, left: &LeftOut) {
    let LeftOut {
        documents,
        unread,
        pictures,
        identity_documents,
        ids,
        labels,
    } = left;
    if *documents > 0 {
        text.line(say!(
            lang,
            "THESE STAY WHOLE: PDF files in which it was found: {documents}. Nothing can be cut out of a PDF file; --documents erase erases them.",
            "以下保持不变：其中发现相关内容的 PDF 文件 {documents} 个。无法从 PDF 文件中裁去内容；可用 --documents erase 将其删除。"
        ));
    }
    if *unread > 0 {
        text.line(say!(
            lang,
            "These stay whole, and nobody knows what stands in them: texts and PDF files that cannot be read to their end: {unread}.",
            "以下保持不变，其中内容未知：未能读完的文本和 PDF 文件 {unread} 个。"
        ));
    }
    if *pictures > 0 {
        text.line(say!(
            lang,
            "Pictures and other files stay whole and are not looked into: {pictures}, of them marked as identity documents: {identity_documents}.",
            "图片和其他文件不作检查，保持不变：{pictures} 个，其中标为身份证件的 {identity_documents} 个。"
        ));
    }
    if *ids > 0 {
        text.line(say!(
            lang,
            "Ids stay, though they hold it themselves: {ids}. Records are found by them.",
            "编号保持不变，其中本身含有相关内容的 {ids} 个；记录靠编号查找。"
        ));
    }
    if *labels > 0 {
        text.line(say!(
            lang,
            "Confidentiality labels stay, though they hold it themselves: {labels}. Records are erased by them.",
            "保密标签保持不变，其中本身含有相关内容的 {labels} 个；记录靠标签删除。"
        ));
    }
}

/// The same for machines.
pub(super) fn left_json(left: &LeftOut) -> Value {
    json!({
        "documents": left.documents, "unread": left.unread, "pictures": left.pictures,
        "identity_documents": left.identity_documents, "ids": left.ids, "labels": left.labels,
    })
}
