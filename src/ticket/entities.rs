//! Order numbers, tracking numbers, addresses and telephone numbers: they say which case it
//! is, not what it is about, and are looked up elsewhere.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use utoipa::ToSchema;

use super::regex;

/// Something in a ticket that names one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entity {
    /// What it names.
    pub kind: EntityKind,
    /// As written, without `#`.
    pub text: String,
}

/// What an entity names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
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

/// Returns the text without its entities, and adds these.
pub(super) fn taken_out(text: &str, entities: &mut Vec<Entity>) -> String {
    let mut rest = text.to_owned();
    for (kind, pattern) in PATTERNS.iter() {
        rest = pattern
            .replace_all(&rest, |found: &regex::Captures| {
                let whole = found.get(0).expect("something was found").as_str();
                let named = found.name("n").map_or(whole, |named| named.as_str());
                let entity = Entity { kind: *kind, text: named.trim_matches(['#', '＃', '-']).to_owned() };
                if !entities.contains(&entity) {
                    entities.push(entity);
                }
                let before = found.name("before").map_or("", |before| before.as_str());
                format!("{before} ")
            })
            .into_owned();
    }
    SPACES.replace_all(&rest, " ").trim().to_owned()
}

/// What is told apart, most special first. Tracking numbers: those of postal services (UPU
/// S10), UPS, Cainiao; orders: after `#` or a word for order, or letters, digits and hyphens.
static PATTERNS: LazyLock<[(EntityKind, Regex); 6]> = LazyLock::new(|| {
    [
        (EntityKind::Url, regex(r"https?://[^\s<>，。）)]+|www\.[^\s<>，。）)]+")),
        (EntityKind::Email, regex(r"[\w.+-]+[@＠][\w-]+(\.[\w-]+)+")),
        (
            EntityKind::Tracking,
            regex(r"\b(?i:[a-z]{2}\d{9,11}[a-z]{2}|1z[0-9a-z]{16}|lp\d{11,16}(cn)?|yt\d{16}|sf\d{12,15})\b"),
        ),
        (
            EntityKind::Order,
            regex(concat!(
                r"(?P<before>(?i:order|订单|訂單|注文|pedido|bestellung|commande|заказ|주문))?",
                r"(?i:\s*(no\.?|nr\.?|number|num|id|编号|編號|号码|號碼|号|號|番号|nº|n°|número|№|번호))?\s*[:：]?\s*",
                r"(?P<n>[#＃]\s?[A-Za-z]{0,5}-?\d[\d-]{3,}[A-Za-z\d]*|\b[A-Za-z]{1,5}-?\d{5,}(-\d+)*\b|\b\d{8,}(-\d+)+\b)",
            )),
        ),
        (
            EntityKind::Phone,
            regex(
                r"(?:\+|00)\d[\d\s().-]{7,17}\d|\b1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}\b|\b0\d{1,3}[-\s]\d{3,4}[-\s]?\d{4}\b",
            ),
        ),
        (EntityKind::Order, regex(r"\b\d{9,}\b")),
    ]
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
        assert_eq!(rest, "订单 快递 没到，电话 ，邮箱");
        let expected = [
            (EntityKind::Email, "a.b@c.example"),
            (EntityKind::Tracking, "LP00512345678CN"),
            (EntityKind::Order, "SB20261103-4821"),
            (EntityKind::Phone, "13812345678"),
        ];
        assert_eq!(entities, expected.map(|(kind, text)| (kind, text.to_owned())));
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
