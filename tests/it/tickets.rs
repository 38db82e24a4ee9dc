//! Tickets: 1. each problem gets what solves it, with evidence; 2. internal articles are
//! suggested and never get into the reply; 3. whatever comes as a ticket has a result; 4. mail
//! files are read.

use proptest::prelude::*;
use zhida::ticket::{EntityKind, Ticket};

use crate::support::parcels;

const MAIL: &str = "Hello,\n\nmy lost parcel #SB-778812 never arrived. Also, who pays the import duty?\n\nBest regards\nAnna\n";

#[test]
fn each_problem_gets_what_solves_it() {
    let found = parcels().suggested(MAIL, "en");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0][0], "lost");
    assert_eq!(found[1][0], "duty");
}

#[test]
fn replies_are_public_and_filled_in() {
    let ticket = Ticket { subject: String::new(), body: MAIL.to_owned() };
    let suggestions = parcels().suggestions(&ticket, "en");
    let internal: Vec<bool> =
        suggestions.problems[0].suggestions.iter().map(|suggestion| suggestion.is_internal).collect();
    assert!(internal.contains(&true), "agents see internal articles: {internal:?}");
    let reply = suggestions.reply.expect("something is sure").insert.markdown;
    assert!(reply.contains("Tell us the order SB-778812."), "{reply}");
    assert!(reply.contains("[My parcel is lost](https://help.example.com/en/articles/lost)"), "{reply}");
    assert!(!reply.contains("credit") && !reply.contains("internal"), "{reply}");
}

#[test]
fn whatever_comes_has_a_result() {
    let shop = parcels();
    let large = "lorem ipsum dolor sit amet. ".repeat(40_000);
    for body in ["", " \n ", "!!!???", "<p><b>", "ขอบคุณค่ะ", "> quoted\n> only", "--\nAnna", &large]
    {
        let found = shop.suggested(body, "en");
        assert!(found.iter().all(Vec::is_empty), "{found:?}");
    }
}

#[test]
fn mail_files_are_read() {
    let mail = b"From: a@b.example\r\nSubject: =?UTF-8?B?6YCA6LSn?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
        Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>It=20broke.</p><p>Caf=C3=A9</p>\r\n--x\r\n\
        Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nInner text.\r\n--x\r\n\
        Content-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nxyz\r\n--x--\r\n";
    let ticket = Ticket::from_mail(mail).expect("it is a mail");
    assert_eq!(ticket.subject, "退货");
    assert!(ticket.body.contains("It broke.") && ticket.body.contains("Café"), "{}", ticket.body);
    assert!(!ticket.body.contains("Inner"), "{}", ticket.body);
    assert!(Ticket::from_mail(b"").is_err());
}

#[test]
fn numbers_say_which_case_it_is() {
    let ticket =
        Ticket { subject: "Order SB20261103-4821".to_owned(), body: "Where is LP00512345678CN?".to_owned() };
    let reading = ticket.read();
    let kinds: Vec<EntityKind> = reading.entities.iter().map(|entity| entity.kind).collect();
    assert_eq!(kinds, [EntityKind::Order, EntityKind::Tracking]);
    assert!(reading.statements.iter().all(|statement| !statement.text.contains("4821")), "{reading:?}");
}

proptest! {
    #[test]
    fn reading_never_fails(body in "(?s).{0,400}", subject in ".{0,40}") {
        Ticket { subject, body }.read();
    }

    #[test]
    fn mail_files_never_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        Ticket::from_mail(&bytes).ok();
    }
}
