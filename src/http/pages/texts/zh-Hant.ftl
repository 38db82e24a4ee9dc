site-title = { $site } 說明中心
help-center = 說明中心
skip = 跳到主要內容
breadcrumbs = 目前位置
languages = 語言
contact = 還需要協助嗎？

search = 搜尋
search-field = 搜尋說明中心
search-hint = 請描述您遇到的問題

home-heading = 需要什麼協助？
topics = 主題分類
topic-articles = 查看全部 { $count } 篇
more-articles = 其他文章
all-articles = 所有文章
latest = 最近更新
feed = 新增與更新的文章

updated = 更新日期：{ $date }
minutes = 閱讀時間約 { $count } 分鐘
print = 列印
contents = 本頁內容
actions = 立即辦理
related = 相關文章
neighbors = 「{ $topic }」的其他文章
previous = 上一篇
next = 下一篇
not-translated = 本頁尚未提供您選擇的語言，以下為{ $language }版。

results = 「{ $query }」的搜尋結果：{ $count } 筆
topic-filter = 主題
language-filter = 語言
all-topics = 所有主題
all-languages = 所有語言
filters = 篩選條件
remove-filter = 移除篩選條件「{ $value }」
paging = 分頁
page-of = 第 { $page } 頁，共 { $pages } 頁
previous-page = 上一頁
next-page = 下一頁

answer = 答案
answer-foreign = 目前只有{ $language }版
answer-stale = 內容可能已過時：本應在 { $date } 前複核。
answer-was-it = 這是您要找的答案嗎？
answer-yes = 是
answer-no = 不是
answer-thanks = 謝謝您的回饋。
answer-rejected = 很抱歉沒能幫上忙
answer-none = 這個問題目前沒有答案
answer-closest = 以下是最接近的文章。
answer-suggested = 您想問的是這個嗎？
answer-market = 答案因國家或地區而異，請選擇：

suggestions = 搜尋建議
instant-all = 查看「{ $query }」的所有搜尋結果
instant-count = { $count } 筆搜尋建議

was-helpful = 以上內容是否有幫助？
feedback-why = 很抱歉沒能幫上忙，請問是哪裡有問題？
feedback-comment = 還有什麼想告訴我們的嗎？（選填）
feedback-thanks = 謝謝您的回饋。
feedback-sorry = 謝謝您的回饋，我們會重新檢視這篇文章。
reason-outdated = 內容已過時
reason-unclear = 不容易看懂
reason-incomplete = 內容不完整
reason-wrong = 照著做卻沒有解決
reason-other = 其他

contact-form = 留言給我們
contact-heading = 留言給我們
contact-lead = 請描述您遇到的問題，我們會以電子郵件回覆您。
contact-answers = 以下內容能解決您的問題嗎？
contact-other = 其他聯絡方式
contact-privacy = 您的電子郵件地址僅用於回覆您。
message = 留言內容
email = 您的電子郵件地址
name = 您的稱呼（選填）
trap = 此欄請留空
send = 送出
send-anyway = 仍要送出
message-sent-heading = 留言已送出
message-sent = 謝謝您的留言，我們會以電子郵件回覆您。
message-missing = 請填寫留言內容。
message-too-long = 留言太長了，最多 { $limit } 個字元。
email-wrong = 電子郵件地址似乎不完整，請依 name@example.com 的格式填寫。
name-wrong = 姓名太長，或包含多行。
not-sent-yet = 尚未送出：請先看看這些文章能否解決您的問題。
unsent-heading = 無法送出
unsent = 請返回上一頁再試一次。
too-many = 操作太頻繁了，請稍候再試一次。

nothing = 找不到與「{ $query }」相關的內容
tips = 您可以試試看：
tip-fewer = 縮短句子，只留關鍵字。
tip-spelling = 檢查有沒有打錯字。
tip-other = 換個說法再搜尋一次。
search-unfiltered = 在所有主題和語言中搜尋
did-you-mean = 您要找的是不是「{ $query }」？
similar = 與您輸入的內容相近
by-meaning = 意思相近
popular = 大家常看
browse-topics = 或依主題瀏覽

too-long-heading = 輸入的內容太長了
too-long = 一次最多可搜尋 { $limit } 個字元，輸入幾個關鍵字就夠了。
refused-heading = 無法這樣搜尋
refused = 網址有部分內容不正確，請重新搜尋。
not-found-heading = 找不到這個頁面
not-found = 頁面可能已經搬移，搜尋看看應該就能找到：
not-ready-heading = 請稍候
not-ready = 說明中心正在啟動，本頁會自動重新整理。
failed-heading = 發生錯誤
failed = 這是我們的問題，請稍後再試一次。

date = { $year } 年 { $month } 月 { $day } 日

language = { $tag ->
        [ar] 阿拉伯文
        [de] 德文
        [en] 英文
        [es] 西班牙文
        [fr] 法文
        [ja] 日文
        [ko] 韓文
        [pt] 葡萄牙文
        [ru] 俄文
        [th] 泰文
        [zh-Hans] 簡體中文
        [zh-Hant] 繁體中文
       *[other] { $name }
    }

widget-open = 說明
widget-close = 關閉
widget-back = 返回
widget-suggested = 本頁相關說明
widget-results = 文章
widget-nothing = 找不到相關內容，換個說法試試看。
widget-read-more = 閱讀文章
widget-open-page = 開啟頁面
widget-loading = 載入中…
widget-failed = 沒有成功，請再試一次。
