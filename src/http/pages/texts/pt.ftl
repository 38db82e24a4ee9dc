site-title = Central de Ajuda { $site }
help-center = Central de Ajuda
skip = Ir para o conteúdo
breadcrumbs = Você está aqui
languages = Idioma
contact = Ainda precisa de ajuda?

search = Buscar
search-field = Buscar na Central de Ajuda
search-hint = Qual é a sua dúvida?

home-heading = Como podemos ajudar?
topics = Assuntos
topic-articles = Ver todos os { $count } artigos
more-articles = Mais artigos
all-articles = Todos os artigos
latest = Novos e atualizados
feed = Artigos novos e atualizados

updated = Atualizado em { $date }
minutes = { $count } min de leitura
print = Imprimir
contents = Nesta página
actions = O que você pode fazer agora
related = Artigos relacionados
neighbors = Mais sobre “{ $topic }”
previous = Anterior
next = Próximo
not-translated = Esta página ainda não está disponível no seu idioma. Veja a versão em { $language }.

results =
    { $count ->
        [one] { $count } resultado para “{ $query }”
       *[other] { $count } resultados para “{ $query }”
    }
topic-filter = Assunto
language-filter = Idioma
all-topics = Todos os assuntos
all-languages = Todos os idiomas
filters = Filtros
remove-filter = Remover o filtro “{ $value }”
paging = Páginas
page-of = Página { $page } de { $pages }
previous-page = Página anterior
next-page = Próxima página

answer = Resposta
answer-foreign = Por enquanto só em { $language }
answer-stale = Pode estar desatualizado: devia ter sido revisto em { $date }.
answer-was-it = Era isto que procurava?
answer-yes = Sim
answer-no = Não
answer-thanks = Obrigado por nos dizer.
answer-rejected = Lamentamos não ter sido isto
answer-none = Ainda não temos resposta para isto
answer-closest = Estes artigos são os mais próximos.
answer-suggested = É isto que procura?
answer-market = A resposta depende do país. Qual é o seu?

suggestions = Sugestões
instant-all = Ver todos os resultados para “{ $query }”
instant-count =
    { $count ->
        [one] { $count } sugestão
       *[other] { $count } sugestões
    }

was-helpful = Isto foi útil?
feedback-why = Lamentamos por isso. Qual foi o problema?
feedback-comment = Quer acrescentar algo? (opcional)
feedback-thanks = Obrigado por nos dizer.
feedback-sorry = Obrigado. Vamos revisar este artigo.
reason-outdated = Está desatualizado
reason-unclear = É difícil de entender
reason-incomplete = Faltam informações
reason-wrong = Não funcionou
reason-other = Outro motivo

contact-form = Escreva para nós
contact-heading = Escreva para nós
contact-lead = Conte como podemos ajudar. Responderemos por e-mail.
contact-answers = Alguma destas respostas ajuda?
contact-other = Outras formas de contato
contact-privacy = Usaremos seu e-mail só para responder a você.
message = Sua mensagem
email = Seu e-mail
name = Seu nome (opcional)
trap = Deixe este campo em branco
send = Enviar
send-anyway = Enviar mesmo assim
message-sent-heading = Sua mensagem foi enviada
message-sent = Obrigado por escrever. Responderemos por e-mail.
message-missing = Escreva em que você precisa de ajuda.
message-too-long = A mensagem ficou longa demais: ela pode ter no máximo { $limit } caracteres.
email-wrong = Este e-mail parece incompleto. Escreva assim: nome@example.com.
name-wrong = Este nome é demasiado longo ou tem várias linhas.
not-sent-yet = Ainda não foi enviada: veja primeiro se um destes artigos responde à sua pergunta.
unsent-heading = Não foi possível enviar
unsent = Volte e tente de novo.
too-many = Foram muitas tentativas em pouco tempo. Espere um momento e tente de novo.

nothing = Nenhum resultado para “{ $query }”
tips = Isto costuma ajudar:
tip-fewer = Use menos palavras, só as mais importantes.
tip-spelling = Confira a ortografia.
tip-other = Tente outra palavra com o mesmo sentido.
search-unfiltered = Buscar em todos os assuntos e idiomas
did-you-mean = Você quis dizer “{ $query }”?
similar = Parecido com o que você digitou
by-meaning = Sentido parecido
popular = Artigos mais lidos
browse-topics = Ou navegue por assunto

too-long-heading = A busca ficou longa demais
too-long = Ela pode ter no máximo { $limit } caracteres. Algumas palavras-chave já bastam.
refused-heading = Não é possível buscar assim
refused = Parte do endereço desta página está errada. Faça a busca novamente.
not-found-heading = Esta página não existe
not-found = Talvez ela tenha mudado de lugar. Uma busca deve encontrá-la:
not-ready-heading = Só um momento
not-ready = A Central de Ajuda está iniciando. Esta página recarrega sozinha.
failed-heading = Algo deu errado
failed = A falha é nossa. Tente de novo daqui a pouco.

date = { $day } de { $month ->
        [1] janeiro
        [2] fevereiro
        [3] março
        [4] abril
        [5] maio
        [6] junho
        [7] julho
        [8] agosto
        [9] setembro
        [10] outubro
        [11] novembro
       *[12] dezembro
    } de { $year }

language = { $tag ->
        [ar] árabe
        [de] alemão
        [en] inglês
        [es] espanhol
        [fr] francês
        [ja] japonês
        [ko] coreano
        [pt] português
        [ru] russo
        [th] tailandês
        [zh-Hans] chinês simplificado
        [zh-Hant] chinês tradicional
       *[other] { $name }
    }

widget-open = Ajuda
widget-close = Fechar
widget-back = Voltar
widget-suggested = Ajuda para esta página
widget-results = Artigos
widget-nothing = Nenhum resultado. Tente outras palavras.
widget-read-more = Ler o artigo
widget-open-page = Abrir a página
widget-loading = Carregando…
widget-failed = Não deu certo. Tente de novo.
