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

updated = آخر تحديث: { $date }
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
