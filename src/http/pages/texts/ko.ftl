site-title = { $site } 고객센터
help-center = 고객센터
skip = 본문으로 바로가기
breadcrumbs = 현재 위치
languages = 언어
contact = 아직 해결되지 않았나요?

search = 검색
search-field = 고객센터 검색
search-hint = 궁금한 내용을 입력하세요

home-heading = 무엇을 도와드릴까요?
topics = 주제
topic-articles = 전체 { $count }개 보기
more-articles = 기타 도움말
all-articles = 전체 도움말
latest = 새로 등록·수정된 글
feed = 새로 등록·수정된 도움말

updated = { $date } 업데이트
minutes = 읽는 시간 약 { $count }분
print = 인쇄
contents = 이 페이지의 내용
actions = 바로 진행하기
related = 관련 도움말
neighbors = ‘{ $topic }’의 다른 도움말
previous = 이전
next = 다음
not-translated = 이 페이지는 아직 선택하신 언어로 제공되지 않습니다. 아래는 { $language } 버전입니다.

results = ‘{ $query }’ 검색 결과 { $count }개
topic-filter = 주제
language-filter = 언어
all-topics = 전체 주제
all-languages = 전체 언어
filters = 필터
remove-filter = ‘{ $value }’ 필터 해제
paging = 페이지 이동
page-of = { $pages }페이지 중 { $page }페이지
previous-page = 이전 페이지
next-page = 다음 페이지

answer = 답변
answer-foreign = 현재 { $language } 버전만 있음
answer-stale = 오래된 내용일 수 있습니다. { $date }까지 다시 확인할 예정이었습니다.
answer-was-it = 찾으시던 답변인가요?
answer-yes = 네
answer-no = 아니요
answer-thanks = 알려 주셔서 감사합니다.
answer-rejected = 도움이 되지 못해 죄송합니다
answer-none = 아직 이 질문에 대한 답변이 없습니다
answer-closest = 가장 가까운 글을 아래에 보여 드립니다.
answer-suggested = 혹시 이 질문인가요?
answer-market = 답변은 국가에 따라 다릅니다. 선택해 주세요.

suggestions = 추천 결과
instant-all = ‘{ $query }’ 검색 결과 전체 보기
instant-count = 추천 결과 { $count }개

was-helpful = 도움이 되었나요?
feedback-why = 도움이 되지 못해 죄송합니다. 어떤 점이 아쉬웠나요?
feedback-comment = 더 알려 주실 내용이 있나요? (선택)
feedback-thanks = 알려 주셔서 감사합니다.
feedback-sorry = 감사합니다. 이 도움말을 다시 살펴보겠습니다.
reason-outdated = 오래된 내용임
reason-unclear = 이해하기 어려움
reason-incomplete = 빠진 내용이 있음
reason-wrong = 안내대로 해도 해결되지 않음
reason-other = 기타

contact-form = 문의하기
contact-heading = 문의하기
contact-lead = 도움이 필요한 내용을 적어 주세요. 이메일로 답변해 드립니다.
contact-answers = 혹시 아래 내용으로 해결되나요?
contact-other = 다른 문의 방법
contact-privacy = 이메일 주소는 답변을 드리는 데만 사용합니다.
message = 문의 내용
email = 이메일 주소
name = 이름(선택)
trap = 이 칸은 비워 두세요
send = 보내기
send-anyway = 그래도 보내기
message-sent-heading = 문의를 보냈습니다
message-sent = 문의해 주셔서 감사합니다. 이메일로 답변해 드리겠습니다.
message-missing = 문의 내용을 입력해 주세요.
message-too-long = 문의 내용이 너무 깁니다. 최대 { $limit }자까지 입력할 수 있습니다.
email-wrong = 이메일 주소가 올바르지 않은 것 같습니다. name@example.com 형식으로 입력해 주세요.
name-wrong = 이름이 너무 길거나 여러 줄입니다.
not-sent-yet = 아직 전송되지 않았습니다. 먼저 아래 도움말로 해결되는지 확인해 주세요.
unsent-heading = 보내지 못했습니다
unsent = 이전 페이지로 돌아가 다시 시도해 주세요.
too-many = 짧은 시간에 너무 많이 시도하셨습니다. 잠시 후 다시 시도해 주세요.

nothing = ‘{ $query }’에 대한 검색 결과가 없습니다
tips = 이렇게 해보세요.
tip-fewer = 꼭 필요한 단어만 입력해 보세요.
tip-spelling = 오타가 없는지 확인해 보세요.
tip-other = 다른 표현으로 검색해 보세요.
search-unfiltered = 전체 주제와 언어에서 검색
did-you-mean = ‘{ $query }’을(를) 찾으셨나요?
similar = 입력하신 내용과 비슷한 글
by-meaning = 의미가 비슷함
popular = 많이 읽은 글
browse-topics = 주제별로 찾아보기

too-long-heading = 검색어가 너무 깁니다
too-long = 한 번에 최대 { $limit }자까지 검색할 수 있습니다. 핵심 단어 몇 개면 충분합니다.
refused-heading = 이렇게는 검색할 수 없습니다
refused = 주소의 일부가 올바르지 않습니다. 다시 검색해 주세요.
not-found-heading = 페이지를 찾을 수 없습니다
not-found = 페이지가 옮겨졌을 수 있습니다. 검색해 보세요.
not-ready-heading = 잠시만 기다려 주세요
not-ready = 고객센터를 준비하고 있습니다. 이 페이지는 자동으로 새로고침됩니다.
failed-heading = 문제가 발생했습니다
failed = 불편을 드려 죄송합니다. 잠시 후 다시 시도해 주세요.

date = { $year }년 { $month }월 { $day }일

language = { $tag ->
        [ar] 아랍어
        [de] 독일어
        [en] 영어
        [es] 스페인어
        [fr] 프랑스어
        [ja] 일본어
        [ko] 한국어
        [pt] 포르투갈어
        [ru] 러시아어
        [th] 태국어
        [zh-Hans] 중국어(간체)
        [zh-Hant] 중국어(번체)
       *[other] { $name }
    }

widget-open = 도움말
widget-close = 닫기
widget-back = 뒤로
widget-suggested = 이 페이지 관련 도움말
widget-results = 도움말
widget-nothing = 검색 결과가 없습니다. 다른 단어로 검색해 보세요.
widget-read-more = 도움말 읽기
widget-open-page = 페이지 열기
widget-loading = 불러오는 중…
widget-failed = 처리하지 못했습니다. 다시 시도해 주세요.
