//! Order numbers, tracking numbers, addresses and telephone numbers: they say which case it
//! is, not what it is about, and are looked up elsewhere.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Serialize;

use super::regex;
use crate::personal::{self, Found, Kind};

/// Something in a ticket that names one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// What it names.
    pub kind: EntityKind,
    /// As written, without `#`.
    pub text: String,
}

/// What an entity names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// An order.
    Order,
    /// A parcel at a carrier.
    Tracking,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
}

impl EntityKind {
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Order => Some(Self::Order),
            Kind::Tracking => Some(Self::Tracking),
            Kind::Email => Some(Self::Email),
            Kind::Phone => Some(Self::Phone),
            Kind::Url => Some(Self::Url),
            Kind::Card | Kind::Iban | Kind::IdNumber => None,
        }
    }

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Tracking => "tracking",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
        }
    }

    /// Returns the placeholder that stands for it in articles: `{{order_number}}`.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Order => "{{order_number}}",
            Self::Tracking => "{{tracking_number}}",
            Self::Email => "{{email}}",
            Self::Phone => "{{phone}}",
            Self::Url => "{{url}}",
        }
    }
}

/// Stands where something was taken out.
const TAKEN: char = '\u{1f}';

/// Of one ticket at most; more is a list of something else.
const MOST_ENTITIES: usize = 50;

/// Returns the text without what names a person or a case, and adds what of that replies may
/// need: not cards and documents. Where nothing else is said (`order no. 4711`), all of it goes.
pub(super) fn taken_out(text: &str, entities: &mut Vec<Entity>) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for Found { kind, whole, named } in personal::find(text) {
        rest.push_str(&text[end..whole.start]);
        rest.push(TAKEN);
        end = whole.end;
        let entity = EntityKind::of(kind).map(|kind| Entity { kind, text: text[named].to_owned() });
        entities.extend(entity.filter(|one| entities.len() < MOST_ENTITIES && !entities.contains(one)));
    }
    rest.push_str(&text[end..]);
    let rest = CLAUSE.replace_all(&rest, |clause: &Captures| match LABELS.is_match(&clause["said"]) {
        true => String::new(),
        false => clause[0].replace(TAKEN, " "),
    });
    SPACES.replace_all(&rest, " ").trim().to_owned()
}

/// What stands around something that was taken out, up to the next marks, with the comma
/// before it.
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[，,、]?(?P<said>[^，,、。;；！？!?\n\x1f]*\x1f[^，,、。;；！？!?\n]*)"));

/// Nothing but what a number is the number of.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(?:[\s\p{P}\p{S}\x1f]|\b(?:my|the|our|your|this|that|it|is|are|was|at|in|on|re|regarding|about|with|for|of|and|to|a|an|",
        r"order|orders|ordered|purchase|invoice|tracking|track|parcel|package|shipment|phone|tel|telephone|mobile|cell|e|email|mail|whatsapp|",
        r"numbers?|no|nr|num|id|code|ref|reference|contact|dispatched|sent|mi|el|la|de|del|con|es|por|pedido|número|numero|guía|seguimiento|",
        r"teléfono|correo|electrónico|meine?|die|der|ist|bestellung|bestellnummer|nummer|sendungsnummer|telefon|commande|numéro|téléphone|rastreio)\b|",
        "我的|您的|我|的|是|为|為|下单|订单号码|订单编号|订单号|订单|訂單編號|訂單號碼|訂單號|訂單|快递单号|物流单号|运单号|单号|單號|编号|編號|号码|號碼|",
        "快递|快遞|运单|運單|物流|包裹|手机号|手机|手機|电话|電話|邮箱|郵箱|电子邮件|邮件|信箱|微信|联系方式|联系|聯絡|查询|",
        "注文番号|注文|追跡番号|番号|電話番号|メールアドレス|メール|です|は|の|私)*$",
    ))
});

static SPACES: LazyLock<Regex> = LazyLock::new(|| regex(r"[ \t]{2,}"));

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (String, Vec<(EntityKind, String)>) {
        let mut entities = Vec::new();
        let rest = taken_out(text, &mut entities);
        (rest, entities.into_iter().map(|entity| (entity.kind, entity.text)).collect())
    }

    #[test]
    fn numbers_are_kept_apart() {
        let (rest, entities) =
            found("订单号：SB20261103-4821 快递 LP00512345678CN 没到，电话 13812345678，邮箱 a.b@c.example");
        assert_eq!(rest, "订单 快递 没到");
        let expected = [
            (EntityKind::Order, "SB20261103-4821"),
            (EntityKind::Tracking, "LP00512345678CN"),
            (EntityKind::Phone, "13812345678"),
            (EntityKind::Email, "a.b@c.example"),
        ];
        assert_eq!(entities, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn what_only_says_whose_number_it_is_goes() {
        let rest = |text| found(text).0;
        assert_eq!(rest("显示签收了但是我没收到，订单号 SB204518837。"), "显示签收了但是我没收到。");
        assert_eq!(rest("Order #48213 (tracking LP00512345678CN) is late."), "Order (tracking ) is late.");
        assert_eq!(rest("Email: a@b.example\nWhere is my order no. 48213?"), "Where is my order ?");
        assert_eq!(rest("Help, order 48213, please refund it"), "Help, please refund it");
    }

    #[test]
    fn models_codes_and_amounts_stay() {
        for text in
            ["SB-A20 earbuds", "error E1001", "US$40.00 off", "iPhone15 in 2026", "within 30 days", "65W"]
        {
            assert_eq!(found(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }
}
