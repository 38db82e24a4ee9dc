site-title = مركز مساعدة { $site }
help-center = مركز المساعدة
skip = انتقل إلى المحتوى
breadcrumbs = أنت هنا
languages = اللغة
contact = هل ما زلت بحاجة إلى مساعدة؟

search = بحث
search-field = ابحث في مركز المساعدة
search-hint = بماذا يمكننا مساعدتك؟

home-heading = كيف يمكننا مساعدتك؟
topics = المواضيع
topic-articles = عرض كل المقالات ({ $count })
more-articles = مقالات أخرى
all-articles = كل المقالات
latest = أحدث المقالات والتحديثات
feed = المقالات الجديدة والمحدّثة

updated = آخر تحديث: { $date }
minutes =
    { $count ->
        [zero] مدة القراءة: أقل من دقيقة
        [one] مدة القراءة: دقيقة واحدة
        [two] مدة القراءة: دقيقتان
        [few] مدة القراءة: { $count } دقائق
        [many] مدة القراءة: { $count } دقيقة
       *[other] مدة القراءة: { $count } دقيقة
    }
print = طباعة
contents = في هذه الصفحة
actions = ما يمكنك فعله الآن
related = مقالات ذات صلة
neighbors = المزيد في «{ $topic }»
previous = السابق
next = التالي
not-translated = هذه الصفحة غير متوفرة بلغتك بعد، وهي معروضة هنا باللغة { $language }.

results =
    { $count ->
        [one] نتيجة واحدة عن «{ $query }»
        [two] نتيجتان عن «{ $query }»
        [few] { $count } نتائج عن «{ $query }»
        [many] { $count } نتيجة عن «{ $query }»
       *[other] { $count } نتيجة عن «{ $query }»
    }
topic-filter = الموضوع
language-filter = اللغة
all-topics = كل المواضيع
all-languages = كل اللغات
filters = عوامل التصفية
remove-filter = إزالة عامل التصفية «{ $value }»
paging = الصفحات
page-of = صفحة { $page } من { $pages }
previous-page = الصفحة السابقة
next-page = الصفحة التالية

answer = الإجابة
answer-foreign = متوفرة حاليًا باللغة { $language } فقط
answer-stale = قد تكون المعلومات قديمة: كان من المقرر مراجعتها في { $date }.
answer-was-it = هل هذا ما كنت تبحث عنه؟
answer-yes = نعم
answer-no = لا
answer-thanks = شكرًا لإبلاغنا.
answer-rejected = نأسف لأن هذا ليس ما تبحث عنه
answer-none = ليست لدينا إجابة عن هذا بعد
answer-closest = هذه أقرب المقالات.
answer-suggested = هل تقصد هذا؟
answer-market = تختلف الإجابة باختلاف البلد. ما بلدك؟

suggestions = اقتراحات
instant-all = عرض كل النتائج عن «{ $query }»
instant-count =
    { $count ->
        [zero] لا توجد اقتراحات
        [one] اقتراح واحد
        [two] اقتراحان
        [few] { $count } اقتراحات
        [many] { $count } اقتراحًا
       *[other] { $count } اقتراح
    }

was-helpful = هل كان هذا مفيدًا؟
feedback-why = نأسف لذلك. ما المشكلة؟
feedback-comment = هل تود إضافة شيء؟ (اختياري)
feedback-thanks = شكرًا لإبلاغنا.
feedback-sorry = شكرًا لك. سنراجع هذه المقالة.
reason-outdated = المعلومات قديمة
reason-unclear = الشرح غير واضح
reason-incomplete = المعلومات ناقصة
reason-wrong = لم ينجح الأمر
reason-other = سبب آخر

contact-form = راسلنا
contact-heading = راسلنا
contact-lead = أخبرنا كيف يمكننا مساعدتك، وسنرد عليك عبر البريد الإلكتروني.
contact-answers = هل تجد إجابتك هنا؟
contact-other = طرق أخرى للتواصل معنا
contact-privacy = لن نستخدم بريدك الإلكتروني إلا للرد عليك.
message = رسالتك
email = بريدك الإلكتروني
name = اسمك (اختياري)
trap = اترك هذا الحقل فارغًا
send = إرسال
send-anyway = إرسال على أي حال
message-sent-heading = أُرسلت رسالتك
message-sent = شكرًا لمراسلتنا. سنرد عليك عبر البريد الإلكتروني.
message-missing = اكتب ما تحتاج إلى مساعدة فيه من فضلك.
message-too-long = رسالتك طويلة جدًا: الحد الأقصى { $limit } حرف.
email-wrong = يبدو أن عنوان البريد الإلكتروني غير مكتمل. اكتبه بهذا الشكل: name@example.com.
name-wrong = الاسم طويل جدًا أو مكتوب على أكثر من سطر.
not-sent-yet = لم تُرسَل رسالتك بعد: تحقّق أولًا مما إذا كانت إحدى هذه المقالات تجيب عن سؤالك.
unsent-heading = تعذّر الإرسال
unsent = ارجع إلى الصفحة السابقة وحاول مرة أخرى.
too-many = محاولات كثيرة في وقت قصير. انتظر لحظة ثم حاول مرة أخرى.

nothing = لم نعثر على شيء عن «{ $query }»
tips = جرّب ما يلي:
tip-fewer = استخدم كلمات أقل، واكتفِ بالكلمات المهمة.
tip-spelling = تأكد من الإملاء.
tip-other = جرّب كلمة أخرى بالمعنى نفسه.
search-unfiltered = البحث في كل المواضيع واللغات
did-you-mean = هل تقصد «{ $query }»؟
similar = نتائج قريبة مما كتبت
by-meaning = معنى قريب
popular = الأكثر قراءة
browse-topics = أو تصفّح حسب الموضوع

too-long-heading = نص البحث طويل جدًا
too-long = الحد الأقصى { $limit } حرف، وتكفي بضع كلمات مهمة.
refused-heading = لا يمكن البحث بهذه الطريقة
refused = جزء من عنوان هذه الصفحة غير صحيح. أعد البحث من فضلك.
not-found-heading = هذه الصفحة غير موجودة
not-found = ربما نُقلت إلى مكان آخر. جرّب البحث عنها:
not-ready-heading = لحظة من فضلك
not-ready = مركز المساعدة قيد التشغيل، وسيُعاد تحميل هذه الصفحة تلقائيًا.
failed-heading = حدث خطأ
failed = الخطأ من جهتنا. حاول مرة أخرى بعد قليل.

date = { $day } { $month ->
        [1] يناير
        [2] فبراير
        [3] مارس
        [4] أبريل
        [5] مايو
        [6] يونيو
        [7] يوليو
        [8] أغسطس
        [9] سبتمبر
        [10] أكتوبر
        [11] نوفمبر
       *[12] ديسمبر
    } { $year }

language = { $tag ->
        [ar] العربية
        [de] الألمانية
        [en] الإنجليزية
        [es] الإسبانية
        [fr] الفرنسية
        [ja] اليابانية
        [ko] الكورية
        [pt] البرتغالية
        [ru] الروسية
        [th] التايلاندية
        [zh-Hans] الصينية المبسّطة
        [zh-Hant] الصينية التقليدية
       *[other] { $name }
    }

widget-open = مساعدة
widget-close = إغلاق
widget-back = رجوع
widget-suggested = مساعدة حول هذه الصفحة
widget-results = المقالات
widget-nothing = لم نعثر على شيء. جرّب كلمات أخرى.
widget-read-more = قراءة المقالة
widget-open-page = فتح الصفحة
widget-loading = جارٍ التحميل…
widget-failed = لم ينجح ذلك. حاول مرة أخرى.
