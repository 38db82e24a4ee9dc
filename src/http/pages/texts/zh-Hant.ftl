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

updated = 更新日期：{ $date }
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
