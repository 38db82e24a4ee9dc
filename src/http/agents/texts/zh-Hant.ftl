# 客服工作台的文字。

# 每個頁面的外框。
title = { $site } 客服工作台
agents = 客服工作台
skip = 跳到正文
search = 搜尋
search-field = 搜尋全部文章
new-article = 新增文章
sign-out = 登出
back = 返回工單
problem = 沒有成功
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

# 登入。
sign-in = 登入
sign-in-heading = { $site } 客服登入
key = 您的金鑰
key-hint = 金鑰由說明中心的管理員以「zhida keys」產生。
wrong-key = 金鑰不存在或已過期，請索取新的金鑰。
no-keys = 還沒有任何金鑰。請在伺服器上產生一把，並把印出的內容寫進 zhida.toml：

# 工單。
ticket = 工單
subject = 主旨
message = 內容
about-customer = 語言、市場、產品
customer-locale = 客戶的語言
as-ticket = 工單的語言
market = 市場
product = 產品
any = 不限
find = 尋找解決辦法
open-file = 開啟郵件檔案
keys = Ctrl+Enter 尋找 · J K 下一則、上一則 · O 開啟 · C 複製 · S 已解決 · W 不對 · / 搜尋
empty = 貼上一張工單，這裡會列出每個問題的解決文章、依據原文和可以寄出的回覆。
recent = 最近解決問題的文章
usual = 最常解決問題的文章

# 解決辦法。
says-nothing = 去掉問候、簽名和引用的郵件之後沒有內容。請貼上客戶的問題。
by-words = 目前只按詞語尋找：語意搜尋尚未就緒。
left-out = 工單似乎還有 { $count } 個問題沒有查找。
to-reply = 看回覆
problem-number = 問題 { $count }
no-solution = 沒有文章能解決這個問題。
missing = 缺少文章：寫一篇
helps = 把握 { $count }%
helped = 解決過 { $count } 張工單
internal = 內部
stale = 待複核
insert = 插入
copy = 複製
copied = 已複製
solved-it = 已解決
wrong = 不對
to-send = 可寄出的文字
not-to-send = 內部資料：供您了解，不可寄給客戶。
reply = 可寄出的回覆（{ $language }）
entities = 工單裡的資訊
entity-order = 訂單
entity-tracking = 包裹
entity-email = 電子郵件
entity-phone = 電話
entity-url = 連結

# 搜尋。
found = { $count ->
    [0] 沒有找到
   *[other] { $count } 篇文章
}
filter = 篩選
previous-page = 上一頁
next-page = 下一頁
filter-category = 分類
filter-product = 產品
filter-market = 市場
filter-locale = 語言
meant = 您是不是要找「{ $query }」？

# 文章。
updated = 更新於 { $date }
as-customers = 客戶看到的頁面
stale-since = 自 { $date } 起待複核：引用前請核對。
questions = 它回答的問題（客戶的說法）
translations = 其他語言
related = 相關文章

# 缺少的文章。
draft-title = 標題，用客戶提問的說法
draft-locale = 語言標籤
draft-internal = 僅供客服
draft-questions = 它回答的問題，一行一個
draft-body = 正文（Markdown）
draft-save = 儲存為草稿
draft-download = 下載
draft-needs-title = 請填寫文章標題。
draft-needs-locale = 語言請寫成標籤，例如 en 或 zh-Hant。
draft-not-saved = 草稿無法儲存。請改為下載，並告知說明中心的管理員。
draft-no-folder = 沒有設定草稿資料夾，請改為下載。
draft-saved = 草稿已儲存
draft-next = 目前沒有人看得到它。寫完後移到內容資料夾，並刪去「status: draft」。

# 說明中心的營運數據。
insights = 洞察報告
overview = 總覽
from-day = 開始日期
to-day = 結束日期
all = 全部
show = 查詢
filter-channel = 管道
channel-page = 說明中心
channel-widget = 網頁小工具
channel-api = API
channel-chat = 聊天
chart-use = 每日搜尋、造訪和轉真人客服次數
chart-outcomes = 每日搜尋的回應情況
chart-table = 以表格檢視數據
shares = 「已回答」、「已推薦」、「未回答」是佔需要答案的搜尋的比例，「查無結果」、「已點開」是佔所有搜尋的比例。
number = { $count }
minutes = { $count } 分鐘
seconds = { $count } 秒

# 指標說明。
explain-nothing_found = 沒有符合任何文章的搜尋所佔比例。
explain-visits = 同一位訪客在一天內的所有操作算一次造訪。
explain-self_service_score = 平均每多少次造訪有一次轉真人客服，越高越好。
explain-deflection = 在自助解決和轉真人客服的造訪中，自助解決所佔的比例。
explain-seconds_to_help = 從第一次搜尋到點開有用的結果所花的時間，半數造訪比它更快。

# 報表。
report-days = 依日期
report-days-about = 每天的搜尋和造訪情況。
report-locales = 依語言
report-locales-about = 各語言訪客的搜尋和造訪情況。
report-markets = 依市場
report-markets-about = 各市場的搜尋和造訪情況，未指定市場的列在「–」。
report-channels = 依管道
report-channels-about = 各管道的搜尋和造訪情況：說明中心、網頁小工具、聊天和 API。
report-questions = 熱門問題
report-questions-about = 訪客最常搜尋的內容。為保護隱私，只有夠多不同訪客輸入過的內容才會顯示。同一位訪客隔天再來，算作另一位訪客。
report-rising = 竄升問題
report-rising-about = 最近 7 天的搜尋次數明顯高於先前的內容，升幅最大的排在最前面。請選擇 7 天以上的期間，才有得比較。為保護隱私，只有夠多不同訪客輸入過的內容才會顯示。
report-articles = 文章成效
report-articles-about = 讀者對每篇文章的回饋，閱讀次數最多的排在最前面。「已點開」是從搜尋結果點開的次數，語言、市場和管道的篩選只影響這一欄。真正的好評率有 95% 的機率落在下限與上限之間，票數越少，範圍越寬。「原因」是覺得沒幫助的讀者最常選的一項。
report-comments = 讀者回饋
report-comments-about = 讀者對文章的文字回饋，最新的排在最前面。
report-stale = 待複核
report-stale-about = 已超過複核期限的文章，閱讀次數最多的排在最前面。
report-translation-demand = 翻譯需求
report-translation-demand-about = 訪客用另一種語言搜尋，卻點開了這些文章，或從中得到答案。需求最多的排在最前面。
report-old-translations = 待更新譯文
report-old-translations-about = 更新時間早於同一篇文章其他語言版本的譯文，閱讀次數最多的排在最前面。
report-reuse = 客服採用
report-reuse-about = 客服如何處理系統為工單推薦的文章。「採用率」是插入回覆或解決了問題的比例。
report-nothing = 在這段期間和篩選條件下沒有資料。
days-only = 這份報表只依日期統計，語言、市場和管道的篩選不會生效。
rows-left-out = 還有 { $count } 列未顯示，可下載試算表查看。
spreadsheet = 下載試算表（CSV）

# 訪客沒有找到的內容。
gaps = 內容缺口
gaps-about = 訪客搜尋過卻沒有找到的內容。這類搜尋多半沒有解決問題：查無結果、沒有點開任何結果、點開後沒有幫助，或者最後轉了真人客服。客服處理工單時缺少的文章也計算在內。意思相同的問題合併成一個缺口，需求最多的排在最前面。
gaps-private = 為保護隱私，只有夠多不同訪客輸入過的說法才會顯示。沒有說法可以顯示時，以夠多訪客都用過的詞來稱呼這個缺口。
gaps-careful = 請為缺口選擇處理方式。變更會先給您看，在您確認之前不會寫入任何內容。
gaps-nothing = 在這段期間和篩選條件下沒有內容缺口。
gap-words = 這些詞來自多個說法不同的問題，每種說法輸入過的訪客都太少，不便顯示。
gap-times = { $count } 次搜尋未解決
gap-visitors = { $count } 位訪客
gap-wordings = { $count } 種說法
gap-shown = 訪客的說法
gap-hidden = 另有 { $count } 種說法輸入過的訪客太少，不予顯示。
gap-nearest = 最接近的文章
gap-no-nearest = 沒有接近的文章。
gap-outcomes = 處理方式
gap-article = 寫一篇文章
gap-article-about = 文章會先以草稿放進內容資料夾，狀態更改之前沒有人看得到它。
gap-category = 分類（可不填）
gap-question = 已有文章能回答
gap-question-about = 把問題加進文章所回答的問題，以後搜尋這個問題就能找到這篇文章。
gap-question-article = 能回答它的文章
gap-question-text = 問題（客戶的說法）
gap-synonym = 新增同義詞
gap-synonym-about = 客戶和文章的用詞不同。新增後，搜尋其中一個詞時也會搜尋其他的詞。
gap-synonym-words = 意思相同的詞，一行一個
gap-synonym-hint = 請寫出客戶用的詞和文章裡用的詞。
gap-synonym-language = 語言標籤，留空表示所有語言
gap-ignore = 忽略
gap-ignore-about = 用於說明中心不必回答的內容。它會加入忽略清單，不再列為缺口。
see-change = 查看變更

# 對內容的變更。
changes = 變更紀錄
changes-about = 在這裡對內容資料夾所做的變更，最新的排在最前面。只要之後沒有人改過同一個檔案，就可以復原。
changes-nothing = 還沒有任何變更。
change-check = 確認變更
change-check-about = 目前還沒有寫入任何內容。有 + 的行是新增的，有 - 的行是刪除的。
change-other = 您查看之後有人改動了這個檔案，所以沒有寫入。以下是依目前的檔案重新得出的變更。
difference = 變更內容
change-needs-editor = 需由持有編輯者金鑰的同事執行此變更。
change-accept = 執行變更
change-patch = 下載修補檔
change-patch-hint = 如果內容資料夾以 Git 管理，或者無法從這裡寫入，請下載修補檔後以「git apply」套用。
back-to-gaps = 返回內容缺口
change-number = 第 { $count } 筆
change-article = 新增文章
change-question = 為文章新增問題
change-synonym = 新增同義詞
change-ignore = 忽略問題
change-written = 寫入文章
change-deleted = 刪除文章
change-undone = 已復原
change-undoes = 復原第 { $count } 筆
undo = 復原

# 變更對搜尋的影響。
replay = 對搜尋的影響
replay-about = { $count ->
    [0] 還沒有可以用來試驗的搜尋。
   *[other] 以最近的搜尋按詞語重新搜尋一遍，比較變更前後的結果，共 { $count } 種不同的搜尋。
}
replay-same = 結果都和原來一樣。
replay-query = 搜尋內容
replay-times = 次數
replay-before = 變更前
replay-after = 變更後
replay-verdict = 判斷
replay-hidden = 輸入過的訪客太少，不予顯示
replay-left-out = 另有 { $count } 種搜尋的結果有變化。
verdict-better = 變好
verdict-better-about = 訪客點開過的文章排名上升，沒有幫助的文章排名下降，或者原本查無結果、現在有了。
verdict-worse = 變差
verdict-worse-about = 訪客點開過的文章排名下降，沒有幫助的文章排名上升，或者原本有結果、現在沒有了。
verdict-moved = 有變化
verdict-moved-about = 結果有變化，但無法判斷哪種更好。

# 報表的欄位。
column-day = 日期
column-locale = 語言
column-market = 市場
column-channel = 管道
column-searches = 搜尋次數
column-nothing_found = 查無結果
column-answered = 已回答
column-suggested = 已推薦
column-unknown = 未回答
column-opened = 已點開
column-visits = 造訪次數
column-helped = 自助解決
column-escalated = 轉真人客服
column-self_service_score = 自助服務分數
column-deflection = 自助解決率
column-satisfaction = 滿意度（1–5 分）
column-ratings = 評分數
column-seconds_to_help = 解決時間（中位數）
column-question = 問題
column-visitors = 訪客數
column-failed = 未解決
column-searches_lately = 近 7 天搜尋次數
column-searches_expected = 預期次數
column-asked_in = 搜尋語言
column-id = 文章 ID
column-title = 文章
column-views = 閱讀次數
column-helpful = 有幫助
column-unhelpful = 沒幫助
column-helpfulness = 好評率
column-helpfulness_from = 好評率下限
column-helpfulness_to = 好評率上限
column-reason = 原因
column-comment = 回饋內容
column-review_by = 複核期限
column-updated = 更新日期
column-newer_locale = 較新的語言版本
column-newer_updated = 較新版本更新日期
column-inserted = 插入回覆
column-solved = 已解決
column-rejected = 不對
column-reused = 採用率
helpful-yes = 是
helpful-no = 否
reason-outdated = 內容過時
reason-unclear = 不容易看懂
reason-incomplete = 內容不完整
reason-wrong = 照著做卻沒有解決
reason-other = 其他
