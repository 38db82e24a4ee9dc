site-title = { $site } ヘルプセンター
help-center = ヘルプセンター
skip = 本文へ移動
breadcrumbs = 現在の場所
languages = 言語
contact = 解決しない場合は

search = 検索
search-field = ヘルプセンターを検索
search-hint = お困りのことを入力してください

home-heading = どのようなことでお困りですか？
topics = カテゴリ
topic-articles = すべて見る（{ $count }件）
more-articles = その他の記事
all-articles = すべての記事
latest = 新着・更新
feed = 新着・更新記事

updated = { $date }更新
minutes = 約{ $count }分で読めます
print = 印刷
contents = このページの内容
actions = お手続き
related = 関連記事
neighbors = 「{ $topic }」の記事
previous = 前の記事
next = 次の記事
not-translated = このページはお選びの言語ではまだご用意がないため、{ $language }版を表示しています。

results = 「{ $query }」の検索結果：{ $count }件
topic-filter = カテゴリ
language-filter = 言語
all-topics = すべてのカテゴリ
all-languages = すべての言語
filters = 絞り込み
remove-filter = 絞り込み「{ $value }」を解除
paging = ページ切り替え
page-of = { $page } / { $pages } ページ
previous-page = 前のページ
next-page = 次のページ

answer = 回答
answer-foreign = 現在は{ $language }版のみ
answer-stale = 内容が古い可能性があります（{ $date }までに見直す予定でした）。
answer-was-it = お探しの回答でしたか？
answer-yes = はい
answer-no = いいえ
answer-thanks = ありがとうございます。
answer-rejected = お役に立てず申し訳ありません
answer-none = このご質問への回答はまだありません
answer-closest = 近い記事を下に表示しています。
answer-suggested = お探しの内容はこちらですか？
answer-market = 回答は国・地域によって異なります。お選びください。

suggestions = 検索候補
instant-all = 「{ $query }」の検索結果をすべて見る
instant-count = 検索候補：{ $count }件

was-helpful = お役に立ちましたか？
feedback-why = お役に立てず申し訳ありません。どのような点が問題でしたか？
feedback-comment = 詳しくお聞かせください（任意）
feedback-thanks = ありがとうございます。
feedback-sorry = ありがとうございます。この記事の内容を見直します。
reason-outdated = 内容が古い
reason-unclear = わかりにくい
reason-incomplete = 情報が足りない
reason-wrong = 試したが解決しなかった
reason-other = その他

contact-form = お問い合わせフォーム
contact-heading = お問い合わせ
contact-lead = お困りのことをお書きください。メールでご返信します。
contact-answers = こちらの内容で解決しますか？
contact-other = その他のお問い合わせ方法
contact-privacy = メールアドレスはご返信にのみ使用します。
message = お問い合わせ内容
email = メールアドレス
name = お名前（任意）
trap = この欄は空欄のままにしてください
send = 送信
send-anyway = このまま送信する
message-sent-heading = 送信しました
message-sent = お問い合わせありがとうございます。メールでご返信します。
message-missing = お問い合わせ内容を入力してください。
message-too-long = お問い合わせ内容が長すぎます。{ $limit }文字以内で入力してください。
email-wrong = メールアドレスが正しくないようです。name@example.com の形式で入力してください。
name-wrong = お名前が長すぎるか、改行が含まれています。
not-sent-yet = まだ送信されていません。先に、次の記事で解決できるかご確認ください。
unsent-heading = 送信できませんでした
unsent = 前のページに戻って、もう一度お試しください。
too-many = 短時間に何度も操作されたため、受け付けできませんでした。少し待ってからもう一度お試しください。

nothing = 「{ $query }」に一致する記事は見つかりませんでした
tips = 次の方法をお試しください。
tip-fewer = 大切な単語だけに絞る
tip-spelling = 入力に誤りがないか確認する
tip-other = 別の言い方に変えてみる
search-unfiltered = すべてのカテゴリと言語で検索する
did-you-mean = もしかして：「{ $query }」
similar = 入力に近い記事
by-meaning = 意味が近い
popular = よく読まれている記事
browse-topics = カテゴリから探す

too-long-heading = 検索する文章が長すぎます
too-long = 一度に検索できるのは{ $limit }文字までです。キーワードをいくつか入力するだけで十分です。
refused-heading = この条件では検索できません
refused = URL の一部が正しくありません。もう一度検索してください。
not-found-heading = ページが見つかりません
not-found = ページが移動した可能性があります。検索してみてください。
not-ready-heading = 少々お待ちください
not-ready = ヘルプセンターを準備しています。このページは自動的に再読み込みされます。
failed-heading = エラーが発生しました
failed = ご迷惑をおかけしております。しばらくしてからもう一度お試しください。

date = { $year }年{ $month }月{ $day }日

language = { $tag ->
        [ar] アラビア語
        [de] ドイツ語
        [en] 英語
        [es] スペイン語
        [fr] フランス語
        [ja] 日本語
        [ko] 韓国語
        [pt] ポルトガル語
        [ru] ロシア語
        [th] タイ語
        [zh-Hans] 中国語（簡体字）
        [zh-Hant] 中国語（繁体字）
       *[other] { $name }
    }

widget-open = ヘルプ
widget-close = 閉じる
widget-back = 戻る
widget-suggested = このページに関するヘルプ
widget-results = 記事
widget-nothing = 見つかりませんでした。別の言葉でお試しください。
widget-read-more = 記事を読む
widget-open-page = ページを開く
widget-loading = 読み込み中…
widget-failed = うまくいきませんでした。もう一度お試しください。
