site-title = Centro de ayuda de { $site }
help-center = Centro de ayuda
skip = Ir al contenido
breadcrumbs = Estás aquí
languages = Idioma
contact = ¿Aún necesitas ayuda?

search = Buscar
search-field = Buscar en el centro de ayuda
search-hint = ¿Qué necesitas saber?

home-heading = ¿En qué podemos ayudarte?
topics = Temas
topic-articles = Ver los { $count } artículos
more-articles = Más artículos
all-articles = Todos los artículos
latest = Nuevos y actualizados
feed = Artículos nuevos y actualizados

updated = Actualizado el { $date }
minutes = { $count } min de lectura
print = Imprimir
contents = En esta página
actions = Qué puedes hacer ahora
related = Artículos relacionados
neighbors = Más sobre «{ $topic }»
previous = Anterior
next = Siguiente
not-translated = Esta página todavía no está disponible en tu idioma. Te la mostramos en { $language }.

results =
    { $count ->
        [one] { $count } resultado para «{ $query }»
       *[other] { $count } resultados para «{ $query }»
    }
topic-filter = Tema
language-filter = Idioma
all-topics = Todos los temas
all-languages = Todos los idiomas
filters = Filtros
remove-filter = Quitar el filtro «{ $value }»
paging = Páginas
page-of = Página { $page } de { $pages }
previous-page = Página anterior
next-page = Página siguiente

answer = Respuesta
answer-foreign = Por ahora solo en { $language }
answer-stale = Puede estar desactualizado: debía revisarse el { $date }.
answer-was-it = ¿Era esto lo que buscabas?
answer-yes = Sí
answer-no = No
answer-thanks = Gracias por decírnoslo.
answer-rejected = Sentimos que no fuera esto
answer-none = Todavía no tenemos respuesta a esto
answer-closest = Estos artículos son los más cercanos.
answer-suggested = ¿Te refieres a esto?
answer-market = La respuesta depende del país. ¿Cuál es el tuyo?

suggestions = Sugerencias
instant-all = Ver todos los resultados para «{ $query }»
instant-count =
    { $count ->
        [one] { $count } sugerencia
       *[other] { $count } sugerencias
    }

was-helpful = ¿Te ha sido útil?
feedback-why = Lo sentimos. ¿Cuál ha sido el problema?
feedback-comment = ¿Algo más que debamos saber? (opcional)
feedback-thanks = Gracias por decírnoslo.
feedback-sorry = Gracias. Revisaremos este artículo.
reason-outdated = Está desactualizado
reason-unclear = Cuesta entenderlo
reason-incomplete = Falta información
reason-wrong = No ha funcionado
reason-other = Otro motivo

contact-form = Escríbenos
contact-heading = Escríbenos
contact-lead = Cuéntanos en qué podemos ayudarte. Te responderemos por correo electrónico.
contact-answers = ¿Te sirve alguna de estas respuestas?
contact-other = Otras formas de contacto
contact-privacy = Solo usaremos tu correo para responderte.
message = Tu mensaje
email = Tu correo electrónico
name = Tu nombre (opcional)
trap = Deja este campo vacío
send = Enviar
send-anyway = Enviar de todos modos
message-sent-heading = Tu mensaje se ha enviado
message-sent = Gracias por escribirnos. Te responderemos por correo electrónico.
message-missing = Escribe en qué necesitas ayuda.
message-too-long = El mensaje es demasiado largo: puedes escribir { $limit } caracteres como máximo.
email-wrong = La dirección de correo parece incompleta. Escríbela así: nombre@example.com.
name-wrong = Este nombre es demasiado largo o tiene varias líneas.
not-sent-yet = Aún no se ha enviado: comprueba primero si alguno de estos artículos responde a tu pregunta.
unsent-heading = No se ha podido enviar
unsent = Vuelve atrás e inténtalo de nuevo.
too-many = Demasiados intentos en poco tiempo. Espera un momento e inténtalo de nuevo.

nothing = No hay resultados para «{ $query }»
tips = Suele ayudar:
tip-fewer = Usar menos palabras, solo las importantes.
tip-spelling = Revisar la ortografía.
tip-other = Probar con otra palabra que signifique lo mismo.
search-unfiltered = Buscar en todos los temas e idiomas
did-you-mean = ¿Quisiste decir «{ $query }»?
similar = Parecido a lo que escribiste
by-meaning = Significado similar
popular = Artículos más leídos
browse-topics = O explora por temas

too-long-heading = La búsqueda es demasiado larga
too-long = Puedes escribir { $limit } caracteres como máximo. Bastan unas pocas palabras clave.
refused-heading = No se puede buscar así
refused = Parte de la dirección de esta página no es correcta. Vuelve a buscar.
not-found-heading = Esta página no existe
not-found = Puede que la hayamos movido. Seguramente la encuentres buscando:
not-ready-heading = Un momento, por favor
not-ready = El centro de ayuda se está iniciando. Esta página se recarga sola.
failed-heading = Algo ha fallado
failed = El error es nuestro. Inténtalo de nuevo dentro de un momento.

date = { $day } de { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    } de { $year }

language = { $tag ->
        [ar] árabe
        [de] alemán
        [en] inglés
        [es] español
        [fr] francés
        [ja] japonés
        [ko] coreano
        [pt] portugués
        [ru] ruso
        [th] tailandés
        [zh-Hans] chino simplificado
        [zh-Hant] chino tradicional
       *[other] { $name }
    }

widget-open = Ayuda
widget-close = Cerrar
widget-back = Volver
widget-suggested = Ayuda sobre esta página
widget-results = Artículos
widget-nothing = No hay resultados. Prueba con otras palabras.
widget-read-more = Leer el artículo
widget-open-page = Abrir la página
widget-loading = Cargando…
widget-failed = No ha funcionado. Inténtalo de nuevo.
