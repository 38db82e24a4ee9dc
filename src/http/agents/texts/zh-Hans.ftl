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
