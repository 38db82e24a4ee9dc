# 客服工作台的文字。

# 每个页面的外框。
title = { $site } 客服工作台
agents = 客服工作台
skip = 跳到正文
search = 搜索
search-field = 搜索全部文章
new-article = 新建文章
sign-out = 退出
back = 返回工单
problem = 没有成功
date = { $year }年{ $month }月{ $day }日
language = { $tag ->
    [ar] 阿拉伯语
    [de] 德语
    [en] 英语
    [es] 西班牙语
    [fr] 法语
    [ja] 日语
    [ko] 韩语
    [pt] 葡萄牙语
    [ru] 俄语
    [th] 泰语
    [zh-Hans] 简体中文
    [zh-Hant] 繁体中文
   *[other] { $name }
}

# 登录。
sign-in = 登录
sign-in-heading = { $site } 客服登录
key = 你的密钥
key-hint = 密钥由帮助中心的管理员用“zhida keys”生成。
wrong-key = 密钥不存在或已过期，请索取新的密钥。
no-keys = 还没有任何密钥。请在服务器上生成一个，并把打印的内容写进 zhida.toml：

# 工单。
ticket = 工单
subject = 主题
message = 内容
about-customer = 语言、市场、产品
customer-locale = 客户的语言
as-ticket = 工单的语言
market = 市场
product = 产品
any = 不限
find = 查找解决办法
open-file = 打开邮件文件
keys = Ctrl+Enter 查找 · J K 下一条、上一条 · O 打开 · C 复制 · S 已解决 · W 不对 · / 搜索
empty = 粘贴一张工单，这里会列出每个问题的解决文章、依据原文和可以发送的回复。
recent = 最近解决问题的文章
usual = 最常解决问题的文章

# 解决办法。
says-nothing = 去掉问候、签名和引用的邮件之后没有内容。请粘贴客户的问题。
by-words = 目前只按词语查找：语义搜索尚未就绪。
left-out = 工单似乎还有 { $count } 个问题没有查找。
to-reply = 看回复
problem-number = 问题 { $count }
no-solution = 没有文章能解决这个问题。
missing = 缺少文章：写一篇
helps = 把握 { $count }%
helped = 解决过 { $count } 张工单
internal = 内部
stale = 待复核
insert = 插入
copy = 复制
copied = 已复制
solved-it = 已解决
wrong = 不对
to-send = 可发送的文字
not-to-send = 内部资料：供你了解，不可发给客户。
reply = 可发送的回复（{ $language }）
entities = 工单里的信息
entity-order = 订单
entity-tracking = 包裹
entity-email = 邮箱
entity-phone = 电话
entity-url = 链接

# 搜索。
found = { $count ->
    [0] 没有找到
   *[other] { $count } 篇文章
}
filter = 筛选
previous-page = 上一页
next-page = 下一页
filter-category = 分类
filter-product = 产品
filter-market = 市场
filter-locale = 语言
meant = 你是不是要找“{ $query }”？

# 文章。
updated = 更新于 { $date }
as-customers = 客户看到的页面
stale-since = 自 { $date } 起待复核：引用前请核对。
questions = 它回答的问题（客户的说法）
translations = 其他语言
related = 相关文章

# 缺少的文章。
draft-title = 标题，用客户提问的说法
draft-locale = 语言标签
draft-internal = 仅供客服
draft-questions = 它回答的问题，一行一个
draft-body = 正文（Markdown）
draft-save = 保存为草稿
draft-download = 下载
draft-needs-title = 请填写文章标题。
draft-needs-locale = 语言请写成标签，例如 en 或 zh-Hans。
draft-not-saved = 草稿无法保存。请改为下载，并告知帮助中心的管理员。
draft-no-folder = 没有配置草稿文件夹，请改为下载。
draft-saved = 草稿已保存
draft-next = 目前没有人能看到它。写完后移到内容文件夹，并删去“status: draft”。

# 帮助中心的运营数据。
insights = 数据洞察
overview = 概览
from-day = 开始日期
to-day = 结束日期
all = 全部
show = 查询
filter-channel = 渠道
channel-page = 帮助中心
channel-widget = 网页组件
channel-api = API
channel-chat = 聊天
chart-use = 每日搜索、访问和转人工次数
chart-outcomes = 每日搜索的应答情况
chart-table = 以表格查看数据
shares = “已回答”“已推荐”“未回答”按需要答案的搜索计算占比，“无结果”“已点开”按全部搜索计算占比。
number = { $count }
minutes = { $count } 分钟
seconds = { $count } 秒

# 指标说明。
explain-nothing_found = 没有匹配到任何文章的搜索占比。
explain-visits = 同一访客在一天内的所有操作计为一次访问。
explain-self_service_score = 平均每多少次访问有一次转人工，越高越好。
explain-deflection = 在自助解决和转人工的访问中，自助解决所占的比例。
explain-seconds_to_help = 从首次搜索到点开有用的结果所用的时间，半数访问比它更快。

# 报表。
report-days = 按日期
report-days-about = 每天的搜索和访问情况。
report-locales = 按语言
report-locales-about = 各语言访客的搜索和访问情况。
report-markets = 按市场
report-markets-about = 各市场的搜索和访问情况，未指定市场的计入“–”。
report-channels = 按渠道
report-channels-about = 各渠道的搜索和访问情况：帮助中心、网页组件、聊天和 API。
report-questions = 热门问题
report-questions-about = 访客搜索最多的内容。为保护隐私，只有足够多的不同访客输入过的内容才会显示。同一访客隔天再来，算作另一位访客。
report-rising = 飙升问题
report-rising-about = 最近 7 天的搜索量明显高于之前的内容，升幅大的在前。请选择 7 天以上的时间范围，以便对比。为保护隐私，只有足够多的不同访客输入过的内容才会显示。
report-articles = 文章效果
report-articles-about = 读者对每篇文章的反馈，阅读最多的在前。“已点开”指从搜索结果点开的次数，语言、市场和渠道的筛选只对这一列生效。真实的好评率有 95% 的可能落在下限和上限之间，投票越少，范围越宽。“原因”是没有得到帮助的读者选得最多的一项。
report-comments = 读者反馈
report-comments-about = 读者对文章的文字反馈，最新的在前。
report-stale = 待复核
report-stale-about = 已过复核期限的文章，阅读最多的在前。
report-translation-demand = 翻译需求
report-translation-demand-about = 访客用另一种语言搜索，却点开了这些文章，或从中得到了答案。需求最多的在前。
report-old-translations = 待更新译文
report-old-translations-about = 更新时间早于同一篇文章其他语言版本的译文，阅读最多的在前。
report-reuse = 客服采用
report-reuse-about = 客服如何处理为工单推荐的文章。“采用率”是插入回复或解决了问题的比例。
report-nothing = 当前日期和筛选条件下没有数据。
days-only = 此报表只按日期统计，语言、市场和渠道的筛选不生效。
rows-left-out = 还有 { $count } 行未显示，可下载表格查看。
spreadsheet = 下载表格（CSV）

# 访客没有找到的内容。
gaps = 内容缺口
gaps-about = 访客搜索过却没有找到的内容。这类搜索多数没有解决问题：没有结果、没有点开任何结果、点开后没有帮助，或者最后转了人工。客服处理工单时缺少的文章也计算在内。意思相同的问题合并成一个缺口，需求最多的在前。
gaps-private = 为保护隐私，只有足够多的不同访客输入过的说法才会显示。没有说法可以显示时，用足够多访客都用过的词来称呼这个缺口。
gaps-careful = 请为缺口选择处理方式。修改会先给你看，在你确认之前不会写入任何内容。
gaps-nothing = 当前日期和筛选条件下没有内容缺口。
gap-words = 这些词来自多个说法不同的问题，每种说法输入过的访客都太少，不便显示。
gap-times = { $count } 次搜索未解决
gap-visitors = { $count } 位访客
gap-wordings = { $count } 种说法
gap-shown = 访客的说法
gap-hidden = 另有 { $count } 种说法输入过的访客太少，不显示。
gap-nearest = 最接近的文章
gap-no-nearest = 没有接近的文章。
gap-outcomes = 处理方式
gap-article = 写一篇文章
gap-article-about = 文章先作为草稿放进内容文件夹，状态更改之前没有人能看到它。
gap-category = 分类（可不填）
gap-question = 已有文章能回答
gap-question-about = 把问题加到文章所回答的问题里，以后搜索这个问题就能找到这篇文章。
gap-question-article = 能回答它的文章
gap-question-text = 问题（客户的说法）
gap-synonym = 添加同义词
gap-synonym-about = 客户和文章的用词不同。添加后，搜索其中一个词时也会搜索其他的词。
gap-synonym-words = 意思相同的词，一行一个
gap-synonym-hint = 请写出客户用的词和文章里用的词。
gap-synonym-language = 语言标签，留空表示所有语言
gap-ignore = 忽略
gap-ignore-about = 用于帮助中心不必回答的内容。它会被加入忽略列表，不再作为缺口显示。
see-change = 查看修改

# 对内容的修改。
changes = 修改记录
changes-about = 在这里对内容文件夹所做的修改，最新的在前。只要之后没有人改过同一个文件，就可以撤销。
changes-nothing = 还没有任何修改。
change-check = 确认修改
change-check-about = 目前还没有写入任何内容。带 + 的行是新增的，带 - 的行是删除的。
change-other = 你查看之后有人改动了这个文件，所以没有写入。下面是按现在的文件重新得出的修改。
difference = 修改内容
change-needs-editor = 需要由持有编辑者密钥的同事来执行此更改。
change-accept = 执行修改
change-patch = 下载补丁
change-patch-hint = 如果内容文件夹由 Git 管理，或者无法从这里写入，请下载补丁后用“git apply”应用。
back-to-gaps = 返回内容缺口
change-number = 第 { $count } 条
change-article = 新建文章
change-question = 为文章添加问题
change-synonym = 添加同义词
change-ignore = 忽略问题
change-written = 写入文章
change-deleted = 删除文章
change-undone = 已撤销
change-undoes = 撤销第 { $count } 条
undo = 撤销

# 修改对搜索的影响。
replay = 对搜索的影响
replay-about = { $count ->
    [0] 还没有可以用来试验的搜索。
   *[other] 用最近的搜索按词语重新搜了一遍，对比修改前后的结果，共 { $count } 种不同的搜索。
}
replay-same = 结果都和原来一样。
replay-query = 搜索内容
replay-times = 次数
replay-before = 修改前
replay-after = 修改后
replay-verdict = 判断
replay-hidden = 输入过的访客太少，不显示
replay-left-out = 另有 { $count } 种搜索的结果有变化。
verdict-better = 变好
verdict-better-about = 访客点开过的文章排名上升，没有帮助的文章排名下降，或者原来没有结果、现在有了。
verdict-worse = 变差
verdict-worse-about = 访客点开过的文章排名下降，没有帮助的文章排名上升，或者原来有结果、现在没有了。
verdict-moved = 有变化
verdict-moved-about = 结果有变化，但无法判断哪种更好。

# 报表的列。
column-day = 日期
column-locale = 语言
column-market = 市场
column-channel = 渠道
column-searches = 搜索次数
column-nothing_found = 无结果
column-answered = 已回答
column-suggested = 已推荐
column-unknown = 未回答
column-opened = 已点开
column-visits = 访问次数
column-helped = 自助解决
column-escalated = 转人工
column-self_service_score = 自助服务得分
column-deflection = 自助解决率
column-satisfaction = 满意度（1–5 分）
column-ratings = 评分数
column-seconds_to_help = 解决用时（中位数）
column-question = 问题
column-visitors = 访客数
column-failed = 未解决
column-searches_lately = 近 7 天搜索次数
column-searches_expected = 预期次数
column-asked_in = 搜索语言
column-id = 文章 ID
column-title = 文章
column-views = 阅读次数
column-helpful = 有帮助
column-unhelpful = 没帮助
column-helpfulness = 好评率
column-helpfulness_from = 好评率下限
column-helpfulness_to = 好评率上限
column-reason = 原因
column-comment = 反馈内容
column-review_by = 复核期限
column-updated = 更新日期
column-newer_locale = 较新的语言版本
column-newer_updated = 较新版本更新日期
column-inserted = 插入回复
column-solved = 已解决
column-rejected = 不对
column-reused = 采用率
helpful-yes = 是
helpful-no = 否
reason-outdated = 内容过时
reason-unclear = 不容易看懂
reason-incomplete = 内容不完整
reason-wrong = 照做后没有解决
reason-other = 其他
