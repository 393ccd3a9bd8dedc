//! Words that say what a number is: one automaton over all of them, Chinese and English. The same hits start the anchored
//! searches and are the context of everything else.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use smallvec::SmallVec;

use crate::chars::{Class, char_before, char_from};

macro_rules! topics {
    ($($(#[$doc:meta])+ $topic:ident = [$($word:literal),+ $(,)?],)+) => {
        /// What a word speaks of.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum Topic {
            $($(#[$doc])+ $topic,)+
        }

        const WORDS: &[(Topic, &[&str])] = &[$((Topic::$topic, &[$($word),+])),+];
    };
}

topics! {
    /// Resident ID card.
    ResidentId = [
        "身份证", "身份證", "身分证", "身分證", "证件号", "證件號", "公民身份号码", "身份号码", "身份证件", "居民证",
        "id card", "id number", "id no", "id #", "identity card", "identity number", "identification number",
        "national id", "resident id", "citizen id",
        "sfz", "sfzh", "证件号码", "證件號碼", "证件：", "证件:", "id:", "id：", "id cards", "id numbers", "identity no",
    ],
    /// Permanent residence of a foreigner.
    PermanentResident = ["永久居留", "外国人永居", "permanent resident"],
    /// Payment card or bank account.
    Card = [
        "银行卡", "銀行卡", "信用卡", "储蓄卡", "借记卡", "卡号", "卡號", "银联", "銀聯", "工行卡", "建行卡", "农行卡", "招行卡",
        "中行卡", "交行卡", "邮储卡", "收款账户", "收款账号", "退款账户", "退款账号", "打款", "账号", "账户", "帐号", "賬號", "帳號",
        "开户行", "工商银行", "建设银行", "农业银行", "招商银行", "中国银行", "交通银行",
        "card number", "card no", "card #", "credit card", "debit card", "bank card", "visa", "mastercard",
        "master card", "amex", "american express", "unionpay", "jcb", "bank account", "account number", "account no",
        "card ending", "my card", "the card", "card is", "card:",
    ],
    /// The digits that prove a card is at hand.
    SecurityCode = [
        "cvv", "cvv2", "ＣＶＶ", "ｃｖｖ", "ＣＶＶ２", "ＣＶＣ", "ｃｖｃ", "c v v", "c.v.v", "c-v-v", "c v c", "c.v.c", "cvv码", "cvv号", "cvc", "cvc2", "cvn", "cvn2", "cid", "csc", "安全码", "安全碼", "卡背面", "背面三位", "背面3位", "背面后三位",
        "背面後三位", "背面最后三位", "背面的三位", "背后三位", "后面三位数", "签名栏", "末三码", "末三碼", "安全识别码", "验证三位",
        "security code", "card verification", "verification value", "three digits on the back", "3 digits on the back",
        "last three digits on the back", "last 3 digits on the back", "digits on the back", "number on the back",
        "four digits on the front", "code on the back",
        "the code on the back", "3 digit code", "3-digit code", "three digit code", "three-digit code", "three digits", "3 digit number", "3-digit number", "card code", "card security code", "security number", "signature panel", "panel code", "the digits on the back", "code at the back", "back of the card", "back of my card", "reverse of the card", "卡片验证码", "卡验证码", "信用卡验证码", "卡片安全码", "卡安全码", "校验三位", "签名条", "背面那三位", "背面的3位", "背面数字", "卡后三位", "反面三位", "反面的三位", "背后的三位", "背面那三个", "背面三个", "背面的三个", "反面三个", "背后三个", "正面四位", "正面的四位", "正面四个", "反面3位", "卡反面", "背面末三位", "背面末3位",
        "cv2", "sec code", "sec. code", "security no", "security digits", "security num", "back of card", "back of my credit card", "cvv number", "cvv no", "安全号", "卡背后", "卡背後", "卡后面", "信用卡背面", "背面签名", "安全数字", "card's security", "verification digits", "cvv2码", "cvc码", "cvv/cvc", "cvc/cvv", "card verification code", "card verification number",
    ],
    /// The last three digits of something: of a card, unless another number is spoken of.
    LastThree = [
        "后三位", "後三位", "后3位", "后三码", "末三位", "末3位", "最后三位", "最后3位", "尾三位", "last three digits", "last 3 digits", "last three", "last 3",
        "三个数字", "三个数", "三位数字", "三位号码", "三个号码", "3个数字", "3个数", "3位数字", "後面三位", "后面三位", "后面3位", "后面的三位", "后边三位", "后头三位", "3 digits", "three numbers", "3 numbers", "digits behind", "final three", "final 3 digits",
    ],
    /// Any phone.
    Phone = [
        "电话", "電話", "手机", "手機", "联系方式", "聯繫方式", "联络方式", "联系号码", "聯絡電話", "座机", "座機", "固话", "固定电话", "热线",
        "传真", "傳真", "来电", "致电", "拨打", "撥打", "打给", "打過", "回电", "号码是", "號碼是", "联系人", "联系我", "联系他", "联系她",
        "短信", "分机", "总机", "前台电话", "call me", "reach me", "text me", "phone", "mobile", "telephone", "cell", "cellphone", "tel",
        "fax", "hotline", "whatsapp", "sms", "contact number", "contact no", "phone number", "extension", "landline",
        "tel no", "cell no", "mob", "handphone", "whats app", "mobile no", "phone no", "call him", "call her", "電話號碼", "電話是", "号码:", "号码：", "热线电话", "订餐电话", "直线", "直拨", "专线",
    ],
    /// The phone of whoever writes.
    OwnPhone = [
        "my phone", "my number", "my mobile", "my cell", "my cellphone", "my whatsapp", "my tel", "my contact", "call me at", "call me on",
        "reach me at", "reach me on", "text me at", "text me on", "whatsapp me", "contact me at", "contact me on", "my uk number",
        "my us number", "ring me", "my wife's number", "my husband's number", "his number", "her number", "my landline",
        "my phone number", "my mobile number", "my cell number", "my contact number", "my telephone", "guest phone", "guest mobile",
        "我的电话", "我的电话号码", "我电话", "我的手机", "我的手机号", "我手机", "我手机号", "我的号码", "我的联系方式", "我的電話", "我的手機",
        "本人电话", "客人电话", "客人手机",
        "my hk number", "my sg number", "my singapore number", "my us mobile", "my uk mobile", "my new number", "my other number", "my work number", "my home number", "my contact is", "my no", "my direct line", "my line", "best number", "我的香港电话", "我的台湾电话", "我手机是", "我的新号", "my singapore", "my personal number", "number is my",
    ],
    /// A call is to be made: the number follows at once.
    Dial = ["打", "拨", "撥", "呼", "记一下", "记下", "记好", "记录", "dial", "call", "ring"],
    /// Hong Kong, in any sense.
    HongKong = ["香港", "hong kong", "hongkong", "hkid", "hk id", "港澳身份证", "hk"],
    /// Macau, in any sense.
    Macau = ["澳门", "澳門", "macau", "macao"],
    /// Taiwan, in any sense.
    Taiwan = ["台湾", "臺灣", "台灣", "taiwan"],
    /// Passport.
    Passport = ["护照", "護照", "passport", "passports", "travel document", "旅行证件", "ppt no", "护照本", "pp no", "pp no.", "pp#", "pp #", "pp number", "passport numbers", "passport nos", "ppt", "pasport", "passprt", "pspt", "护照证", "护昭"],
    /// Between the names in the machine readable zone of a passport.
    Zone = ["<<"],
    /// Permit to travel between the mainland and Hong Kong, Macau or Taiwan.
    Permit = [
        "通行证", "通行證", "回乡证", "回鄉證", "台胞证", "臺胞證", "台胞證", "往来港澳", "港澳证", "港澳居民", "travel permit", "home return permit",
        "home-return permit", "mtp", "entry permit", "taibaozheng", "huixiangzheng",
        "eep", "compatriot permit", "compatriot pass", "compatriot certificate", "travel permits", "mainland permit", "exit-entry permit", "回乡卡", "台胞卡", "还乡证", "通行証", "回鄉卡",
    ],
    /// Organisation's code.
    Organisation = [
        "信用代码", "信用代碼", "税号", "稅號", "纳税人识别号", "组织机构代码", "抬头税号", "tax number", "tax id", "tax code", "credit code", "uscc",
    ],
    /// Licence plate.
    Plate = ["车牌", "車牌", "牌照", "plate", "licence plate", "license plate", "registration number"],
    /// Device number.
    Device = ["imei", "串号", "串號", "设备号", "设备识别码"],
    /// `WeChat`.
    WeChat = [
        "微信号", "微信號", "微信", "薇信", "威信", "wechat", "wechat id", "weixin", "wx", "vx", "v信", "加v", "wxid", "微信id", "微信账号",
        "wechat account", "wechat handle", "wechat name", "wechat no", "wechat:", "weixin id", "weixinid", "薇信号", "加wx", "加微", "v：", "v:", "vx号", "wx号", "微：", "微:", "微信联系", "企业微信", "add wechat",
        "加我", "加我微信", "加微信", "加下微信", "加个微信", "我的微信", "我微信", "v是", "我的v", "卫星号", "绿泡泡", "维信", "徽信", "魏信", "微信是", "wechat handle is", "v信号", "vx号码", "微信號碼", "我的wx", "我的vx",
    ],
    /// QQ.
    Qq = ["qq", "qq号", "qq號", "扣扣", "企鹅号", "qq号码", "qq邮箱号", "my qq", "扣扣号", "q：", "q:", "q号", "q号：", "qq number", "qq no", "qq id", "qq账号", "扣号"],
    /// Booking or order.
    Booking = [
        "订单号", "訂單號", "订单编号", "訂單編號", "预订号", "預訂號", "预定号", "预订单号", "预定单号", "预订编号", "确认号", "確認號", "确认码", "单号",
        "订房号", "订单是", "订单：", "订单:", "订单", "訂單", "预约号", "入住单号",
        "booking number", "booking no", "booking id", "booking ref", "booking reference", "booking code", "booking confirmation",
        "booking", "confirmation number", "confirmation no", "confirmation code", "confirmation id", "confirmation", "reservation number", "reservation no",
        "reservation id", "reservation code", "reservation", "reservation ref", "reference number", "reference no", "reference code", "reference is",
        "reference :", "reference:", "ref number", "ref no", "ref", "ref.", "conf number", "conf no", "conf #", "conf code", "order number", "order no", "order id", "order #", "order ref", "itinerary number", "itinerary no", "pnr",
        "record locator",
        "conf", "conf:", "res no", "res #", "resv", "rsvp code", "order", "order:", "my order", "your order", "locator", "itinerary", "itin", "voucher number", "voucher no", "reference", "my reference", "your reference", "my ref", "booking:", "booking.com", "agoda", "expedia", "ctrip", "trip.com", "airbnb", "携程", "美团", "飞猪", "去哪儿", "同程", "携程订单", "美团订单", "飞猪订单", "携程单号", "入住编号", "预定码", "预订码", "订房编号", "确认单号", "房单号", "预约编号", "订单尾号", "酒店订单", "平台订单", "订单id",
        "确认单", "确认编号", "確認編號", "入住单", "入住凭证", "入住凭证号", "凭证号", "确认函号", "订房单", "订房单号", "预订单", "预定单", "預訂單號", "訂房號", "房单", "订单码", "conf. no", "conf.", "conf no.", "res. no", "res no.", "rsv", "rsv no", "booking numbers", "confirmation numbers", "reservation numbers", "order numbers", "booking references", "booking refs", "booking ids", "confirmation codes", "bkg", "bkg no", "bkg ref", "booking confirmation number", "booking confirmation no", "confirmation nr", "booking nr", "reservation nr", "itinerary id", "itinerary #", "folio", "folio no", "folio number", "crs no", "crs number",
    ],
    /// One-time code.
    OneTimeCode = [
        "验证码", "驗證碼", "校验码", "校驗碼", "动态码", "动态密码", "短信码", "激活码", "登录码", "verification code", "one-time code", "one time code",
        "one-time password", "one time password", "otp", "auth code", "authentication code", "sms code", "login code", "passcode", "verify code",
        "2fa code", "otp code", "otp is", "sms otp", "confirm code", "验证代码", "the code", "code is", "code:", "my code", "code from the sms", "code i got", "code you sent", "code i received", "收到的数字",
        "收到的码", "收到验证", "code was", "as code",
        "code", "verification number", "verify number", "one-time pin", "pin is", "动态口令", "口令码", "短信校验码", "码是", "码为", "码：", "码:", "六位数", "6位数", "四位数", "4位数", "六位数字", "6位数字", "验证数字", "短信里的",
        "登录验证码", "短信验证码", "手机验证码", "邮箱验证码", "短信验证", "验证马", "验证嘛", "验正码", "验征码", "动态验证码", "随机码", "一次性密码", "一次性口令", "驗證碼是", "動態碼", "短信碼", "one-time passcode", "one time passcode", "one-time passwords", "text code", "texted code", "code they sent", "code they texted", "security passcode", "verification pin", "pin you sent", "pin i received", "pin i got", "sms pin", "4-digit code", "4 digit code", "four digit code", "four-digit code", "5-digit code", "6-digit code", "6 digit code", "six digit code", "six-digit code", "8-digit code",
    ],
    /// Birth.
    Birth = [
        "出生", "生日", "生于", "生於", "生辰", "出生年月", "出生日期", "date of birth", "birth date", "birthdate", "birthday", "dob", "d.o.b", "born", "bday", "日生", "号生", "號生", "生的",
        "date of births", "birth day", "b'day", "出生于", "出生年月日", "生日期", "月生", "過生日", "dobs", "dob's",
    ],
    /// Password or key.
    Secret = [
        "密码", "密碼", "口令", "passwd", "password", "pwd", "passphrase", "api key", "api_key", "apikey", "api-key", "access key", "access_key",
        "secret key", "secret_key", "secret", "access token", "access_token", "auth token", "token", "bearer", "private key", "密钥", "秘钥",
        "sign", "client_secret", "authorization", "app_secret", "appsecret", "session_id", "sessionid", "sig", "signature", "pin code", "pin码", "my pin", "pw", "key", "pass",
    ],
    /// How keys of well-known services begin.
    Token = [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "akia", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "aiza", "eyj", "ltai",
        "sg.", "npm_", "pypi-", "hf_", "shpat_", "ya29.", "akid",
    ],
    /// A network for guests: its password is on the wall.
    Wifi = ["wifi", "wi-fi", "无线", "無線", "网络", "wlan", "热点", "房门", "门锁", "网关"],
    /// Numbers of things: parcels, flights, invoices, machines.
    OtherNumber = [
        "快递单号", "快遞單號", "快递", "运单号", "运单", "物流单号", "物流", "tracking number", "tracking no", "tracking id", "tracking", "waybill", "parcel",
        "流水号", "流水號", "交易号", "交易单号", "交易流水", "商户单号", "支付单号", "transaction id", "transaction", "txn", "trade no", "序列号", "serial number",
        "serial", "发票号", "发票代码", "发票号码", "invoice number", "invoice no", "invoice", "航班", "flight", "车次", "会员号", "会员卡号", "member no",
        "membership", "条码", "barcode", "时间戳", "timestamp", "sku", "版本", "version", "isbn", "工号", "编号", "票号", "ticket number", "ticket no", "case number",
        "合同号", "批次", "post code", "postcode", "zip code", "zipcode", "postal code", "postal codes", "its code", "it 's code", "colour code", "color code", "source code", "zip", "area code", "dress code", "邮编", "郵編",
        "工单", "错误代码", "错误码", "报错", "error code", "work order", "促销码", "promo code", "discount code", "voucher code", "coupon code", "coupon", "qr code", "country code", "bar code", "door code", "gate code", "room code", "promotion code", "rate code", "airport code", "station code", "二维码", "邮政编码", "优惠码", "折扣码", "条形码", "商品码", "区号", "房间号", "房号", "room number", "room no", "车次号", "编码", "product id", "商品id", "用户id", "uid", "积分", "points", "订单流水",
    ],
    /// Money.
    Amount = [
        "元", "块钱", "¥", "￥", "$", "€", "£", "rmb", "cny", "usd", "hkd", "eur", "金额", "房价", "价格", "人均", "总价", "price", "amount", "total",
        "押金", "费用", "deposit",
    ],
    /// Who asks for something.
    Request = [
        "请提供", "麻烦提供", "提供一下", "提供下", "请发", "发一下", "发我", "发给我", "发下", "告诉我", "告知", "请问", "报一下", "报下", "说一下", "说下", "留一下", "留下", "留个",
        "填写", "填一下", "登记一下", "是多少", "多少", "什么", "哪个", "请出示", "需要您", "需要你", "麻烦您", "麻烦你", "給我", "請提供", "請問", "怎么称呼", "贵姓",
        "may i have", "can i have", "could i have", "could you", "can you", "would you", "please provide", "please send", "please give", "please share",
        "please confirm", "please tell", "what is", "what's", "what was", "provide your", "send me", "give me", "tell me", "share your", "your", "need the", "need your", "let me have",
    ],
}

/// Every word, with what it speaks of.
pub(crate) fn words() -> impl Iterator<Item = (Topic, &'static str)> {
    (WORDS.iter()).flat_map(|(topic, words)| words.iter().map(|word| (*topic, *word)))
}

/// A word of the automaton where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) topic: Topic,
}

/// The hits of a line, in order. Most lines have room for theirs on the stack.
pub(crate) type Hits = SmallVec<[Hit; 24]>;

/// The automaton.
pub(crate) struct Keywords {
    automaton: AhoCorasick,
    topics: Vec<Topic>,
}

impl Keywords {
    pub(crate) fn new() -> Self {
        let words = || WORDS.iter().flat_map(|(_, words)| words.iter());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words())
            .expect("the words are few");
        let topics = WORDS
            .iter()
            .flat_map(|(topic, words)| words.iter().map(|_| *topic))
            .collect();
        Self { automaton, topics }
    }

    /// Adds the words of a line, which begins at `base` of the text.
    pub(crate) fn find(&self, line: &str, base: usize, hits: &mut Hits) {
        for found in self.automaton.find_iter(line) {
            let topic = self.topics[found.pattern().as_usize()];
            if is_whole_word(line, found.start(), found.end(), topic) {
                hits.push(Hit {
                    start: base + found.start(),
                    end: base + found.end(),
                    topic,
                });
            }
        }
    }
}

/// Words of Latin letters stand alone: `tel` is none in `hotel`. Digits may follow at once.
fn is_whole_word(text: &str, start: usize, end: usize, topic: Topic) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = text.as_bytes();
    let first = char_from(text, start);
    if !first.is_some_and(|char| char.class == Class::Letter && char.bytes == 1) {
        return true;
    }
    let before = char_before(text, start).map(|(at, _)| &bytes[at]);
    let open = topic == Topic::Token || !letter(bytes.get(end)) || !letter(bytes.get(end - 1));
    !letter(before) && open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<Topic> {
        let mut hits = Hits::new();
        Keywords::new().find(text, 0, &mut hits);
        hits.iter().map(|hit| hit.topic).collect()
    }

    #[test]
    fn words_are_found_in_both_languages_and_only_whole_ones() {
        assert_eq!(topics("我的手机号"), [Topic::OwnPhone]);
        assert_eq!(topics("Card Number: 4111"), [Topic::Card]);
        assert_eq!(topics("the hotel, cellar and telly"), []);
        assert_eq!(topics("tel13812345678"), [Topic::Phone]);
        assert_eq!(topics("加微信wx123"), [Topic::WeChat, Topic::WeChat]);
    }
}
