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
