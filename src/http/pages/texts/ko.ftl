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

updated = { $date } 업데이트
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
