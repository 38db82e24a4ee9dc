site-title = { $site }帮助中心
help-center = 帮助中心
skip = 跳到正文
breadcrumbs = 当前位置
languages = 语言
contact = 还没解决？

search = 搜索
search-field = 搜索帮助中心
search-hint = 说说您遇到的问题

home-heading = 有什么可以帮您？
topics = 问题分类
topic-articles = 查看全部 { $count } 篇
more-articles = 其他文章
all-articles = 全部文章
latest = 最近更新
feed = 新增和更新的文章

updated = 更新于 { $date }
minutes = 阅读约需 { $count } 分钟
print = 打印
contents = 本页内容
actions = 马上办理
related = 相关文章
neighbors = “{ $topic }”中的其他文章
previous = 上一篇
next = 下一篇
not-translated = 本页暂时没有您所选语言的版本，以下为{ $language }版。

results = “{ $query }”的搜索结果：{ $count } 条
topic-filter = 分类
language-filter = 语言
all-topics = 全部分类
all-languages = 全部语言
filters = 筛选条件
remove-filter = 去掉筛选条件“{ $value }”
paging = 翻页
page-of = 第 { $page } 页，共 { $pages } 页
previous-page = 上一页
next-page = 下一页

answer = 答案
answer-foreign = 目前只有{ $language }版
answer-stale = 内容可能已过时：本应在 { $date } 前复核。
answer-was-it = 这是您要找的答案吗？
answer-yes = 是
answer-no = 不是
answer-thanks = 谢谢您的反馈。
answer-rejected = 抱歉没能帮到您
answer-none = 这个问题暂时没有答案
answer-closest = 下面是最接近的文章。
answer-suggested = 您想问的是这个吗？
answer-market = 答案因国家或地区而异，请选择：

suggestions = 搜索建议
instant-all = 查看“{ $query }”的全部搜索结果
instant-count = { $count } 条搜索建议

was-helpful = 以上内容是否对您有帮助？
feedback-why = 抱歉没能帮到您，问题出在哪里？
feedback-comment = 还有什么想告诉我们的吗？（选填）
feedback-thanks = 谢谢您的反馈。
feedback-sorry = 谢谢您的反馈，我们会重新检查这篇文章。
reason-outdated = 内容过时了
reason-unclear = 不容易看懂
reason-incomplete = 内容不完整
reason-wrong = 照着做了，没有解决
reason-other = 其他

contact-form = 给我们留言
contact-heading = 给我们留言
contact-lead = 请说说您遇到的问题，我们会通过邮件回复您。
contact-answers = 下面的内容能解决您的问题吗？
contact-other = 其他联系方式
contact-privacy = 您的邮箱仅用于回复您。
message = 留言内容
email = 您的邮箱
name = 您的称呼（选填）
trap = 此栏请留空
send = 提交
send-anyway = 仍要提交
message-sent-heading = 留言已提交
message-sent = 谢谢您的留言，我们会通过邮件回复您。
message-missing = 请填写留言内容。
message-too-long = 留言太长了，最多 { $limit } 个字符。
email-wrong = 邮箱地址好像不完整，请按 name@example.com 的格式填写。
name-wrong = 姓名太长，或包含多行。
not-sent-yet = 还没有发送：请先看看这些文章能否解决您的问题。
unsent-heading = 提交失败
unsent = 请返回上一页再试一次。
too-many = 操作太频繁了，请稍等一会儿再试。

nothing = 没有找到与“{ $query }”相关的内容
tips = 您可以试试：
tip-fewer = 少输几个字，只留关键词。
tip-spelling = 检查有没有错别字。
tip-other = 换一种说法。
search-unfiltered = 在全部分类和语言中搜索
did-you-mean = 您要找的是不是“{ $query }”？
similar = 与您输入的内容相近
by-meaning = 意思相近
popular = 大家常看
browse-topics = 或者按分类浏览

too-long-heading = 输入的内容太长了
too-long = 一次最多搜索 { $limit } 个字符，输入几个关键词就够了。
refused-heading = 无法这样搜索
refused = 网址中有一部分不正确，请重新搜索。
not-found-heading = 页面不存在
not-found = 页面可能已经搬走，搜一下多半能找到：
not-ready-heading = 请稍候
not-ready = 帮助中心正在启动，本页会自动刷新。
failed-heading = 出错了
failed = 这是我们的问题，请稍后再试。

date = { $year }年{ $month }月{ $day }日

language = { $tag ->
        [ar] 阿拉伯文
        [de] 德文
        [en] 英文
        [es] 西班牙文
        [fr] 法文
        [ja] 日文
        [ko] 韩文
        [pt] 葡萄牙文
        [ru] 俄文
        [th] 泰文
        [zh-Hans] 简体中文
        [zh-Hant] 繁体中文
       *[other] { $name }
    }

widget-open = 帮助
widget-close = 关闭
widget-back = 返回
widget-suggested = 与本页相关的帮助
widget-results = 文章
widget-nothing = 没有找到相关内容，换个说法试试。
widget-read-more = 阅读文章
widget-open-page = 打开页面
widget-loading = 加载中…
widget-failed = 没有成功，请再试一次。
