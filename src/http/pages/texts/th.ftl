site-title = ศูนย์ช่วยเหลือ { $site }
help-center = ศูนย์ช่วยเหลือ
skip = ข้ามไปที่เนื้อหา
breadcrumbs = คุณอยู่ที่นี่
languages = ภาษา
contact = ยังต้องการความช่วยเหลืออยู่ไหม

search = ค้นหา
search-field = ค้นหาในศูนย์ช่วยเหลือ
search-hint = พิมพ์คำถามหรือปัญหาของคุณ

home-heading = มีอะไรให้เราช่วยไหม
topics = หัวข้อ
topic-articles = ดูทั้งหมด { $count } บทความ
more-articles = บทความอื่น ๆ
all-articles = บทความทั้งหมด
latest = มาใหม่และอัปเดตล่าสุด
feed = บทความใหม่และบทความที่อัปเดต

updated = อัปเดตเมื่อ { $date }
minutes = ใช้เวลาอ่าน { $count } นาที
print = พิมพ์หน้านี้
contents = ในหน้านี้
actions = สิ่งที่คุณทำได้ตอนนี้
related = บทความที่เกี่ยวข้อง
neighbors = เรื่องอื่นในหัวข้อ “{ $topic }”
previous = ก่อนหน้า
next = ถัดไป
not-translated = หน้านี้ยังไม่มีในภาษาของคุณ จึงแสดงเป็น{ $language }

results = ผลการค้นหา “{ $query }” { $count } รายการ
topic-filter = หัวข้อ
language-filter = ภาษา
all-topics = ทุกหัวข้อ
all-languages = ทุกภาษา
filters = ตัวกรอง
remove-filter = ลบตัวกรอง “{ $value }”
paging = หน้า
page-of = หน้า { $page } จาก { $pages }
previous-page = หน้าก่อนหน้า
next-page = หน้าถัดไป

answer = คำตอบ
answer-foreign = ตอนนี้มีเฉพาะ{ $language }
answer-stale = ข้อมูลอาจไม่เป็นปัจจุบัน: ควรได้รับการตรวจทานภายใน { $date }
answer-was-it = ใช่คำตอบที่คุณหาไหม
answer-yes = ใช่
answer-no = ไม่ใช่
answer-thanks = ขอบคุณที่บอกเรา
answer-rejected = ขออภัยที่ยังไม่ใช่คำตอบ
answer-none = เรายังไม่มีคำตอบสำหรับเรื่องนี้
answer-closest = บทความด้านล่างใกล้เคียงที่สุด
answer-suggested = คุณหมายถึงเรื่องนี้หรือเปล่า
answer-market = คำตอบขึ้นอยู่กับประเทศ โปรดเลือกประเทศของคุณ:

suggestions = รายการแนะนำ
instant-all = ดูผลการค้นหาทั้งหมดสำหรับ “{ $query }”
instant-count = แนะนำ { $count } รายการ

was-helpful = ข้อมูลนี้มีประโยชน์ไหม
feedback-why = ขออภัยด้วย มีปัญหาตรงไหน
feedback-comment = มีอะไรอยากบอกเราเพิ่มเติมไหม (ไม่บังคับ)
feedback-thanks = ขอบคุณที่บอกเรา
feedback-sorry = ขอบคุณ เราจะตรวจทานบทความนี้อีกครั้ง
reason-outdated = ข้อมูลไม่เป็นปัจจุบัน
reason-unclear = เข้าใจยาก
reason-incomplete = ข้อมูลไม่ครบ
reason-wrong = ทำตามแล้วไม่ได้ผล
reason-other = อื่น ๆ

contact-form = ส่งข้อความถึงเรา
contact-heading = ส่งข้อความถึงเรา
contact-lead = บอกเราว่าคุณต้องการความช่วยเหลือเรื่องอะไร เราจะตอบกลับทางอีเมล
contact-answers = ได้คำตอบจากข้อมูลเหล่านี้ไหม
contact-other = ช่องทางติดต่ออื่น ๆ
contact-privacy = เราใช้อีเมลของคุณเพื่อตอบกลับเท่านั้น
message = ข้อความของคุณ
email = อีเมลของคุณ
name = ชื่อของคุณ (ไม่บังคับ)
trap = เว้นช่องนี้ว่างไว้
send = ส่ง
send-anyway = ยืนยันส่งข้อความ
message-sent-heading = ส่งข้อความของคุณแล้ว
message-sent = ขอบคุณที่เขียนถึงเรา เราจะตอบกลับทางอีเมล
message-missing = โปรดเขียนเรื่องที่คุณต้องการความช่วยเหลือ
message-too-long = ข้อความยาวเกินไป พิมพ์ได้ไม่เกิน { $limit } ตัวอักษร
email-wrong = อีเมลนี้ดูเหมือนไม่ครบถ้วน โปรดพิมพ์ในรูปแบบ name@example.com
name-wrong = ชื่อยาวเกินไปหรือมีหลายบรรทัด
not-sent-yet = ยังไม่ได้ส่ง โปรดดูก่อนว่าบทความเหล่านี้ตอบคำถามของคุณหรือไม่
unsent-heading = ส่งไม่สำเร็จ
unsent = โปรดย้อนกลับแล้วลองอีกครั้ง
too-many = มีการทำรายการหลายครั้งในเวลาสั้น ๆ โปรดรอสักครู่แล้วลองอีกครั้ง

nothing = ไม่พบผลลัพธ์สำหรับ “{ $query }”
tips = ลองทำดังนี้
tip-fewer = ใช้คำให้น้อยลง เฉพาะคำสำคัญ
tip-spelling = ตรวจตัวสะกด
tip-other = ลองใช้คำอื่นที่ความหมายเดียวกัน
search-unfiltered = ค้นหาในทุกหัวข้อและทุกภาษา
did-you-mean = คุณหมายถึง “{ $query }” ใช่ไหม
similar = ใกล้เคียงกับที่คุณพิมพ์
by-meaning = ความหมายใกล้เคียง
popular = บทความที่มีคนอ่านมาก
browse-topics = หรือเลือกดูตามหัวข้อ

too-long-heading = ข้อความค้นหายาวเกินไป
too-long = ค้นหาได้ไม่เกิน { $limit } ตัวอักษร ใช้คำสำคัญเพียงไม่กี่คำก็พอ
refused-heading = ค้นหาแบบนี้ไม่ได้
refused = ที่อยู่ของหน้านี้บางส่วนไม่ถูกต้อง โปรดค้นหาอีกครั้ง
not-found-heading = ไม่พบหน้านี้
not-found = หน้านี้อาจถูกย้าย ลองค้นหาดู
not-ready-heading = โปรดรอสักครู่
not-ready = ศูนย์ช่วยเหลือกำลังเริ่มทำงาน หน้านี้จะโหลดใหม่เอง
failed-heading = เกิดข้อผิดพลาด
failed = เป็นความผิดพลาดของเรา โปรดลองอีกครั้งในอีกสักครู่

date = { $day } { $month ->
        [1] มกราคม
        [2] กุมภาพันธ์
        [3] มีนาคม
        [4] เมษายน
        [5] พฤษภาคม
        [6] มิถุนายน
        [7] กรกฎาคม
        [8] สิงหาคม
        [9] กันยายน
        [10] ตุลาคม
        [11] พฤศจิกายน
       *[12] ธันวาคม
    } { $buddhist-year }

language = { $tag ->
        [ar] ภาษาอาหรับ
        [de] ภาษาเยอรมัน
        [en] ภาษาอังกฤษ
        [es] ภาษาสเปน
        [fr] ภาษาฝรั่งเศส
        [ja] ภาษาญี่ปุ่น
        [ko] ภาษาเกาหลี
        [pt] ภาษาโปรตุเกส
        [ru] ภาษารัสเซีย
        [th] ภาษาไทย
        [zh-Hans] ภาษาจีนตัวย่อ
        [zh-Hant] ภาษาจีนตัวเต็ม
       *[other] { $name }
    }

widget-open = ช่วยเหลือ
widget-close = ปิด
widget-back = ย้อนกลับ
widget-suggested = ความช่วยเหลือสำหรับหน้านี้
widget-results = บทความ
widget-nothing = ไม่พบผลลัพธ์ ลองใช้คำอื่น
widget-read-more = อ่านบทความ
widget-open-page = เปิดหน้านี้
widget-loading = กำลังโหลด…
widget-failed = ไม่สำเร็จ โปรดลองอีกครั้ง
