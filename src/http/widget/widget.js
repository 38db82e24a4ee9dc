// The help center on other sites: `<zhida-help></zhida-help>` is a button that opens a panel, or
// with `inline` the panel itself. In it visitors search, read, say whether that helped, and write
// to a person, and never leave the page.
//
//   <script src="https://help.example.com/widget.js" async></script>
//   <zhida-help data-context="delivery times"></zhida-help>
//
// Attributes: `inline`, `open`, `locale`, `market`, `label` (of the button), `data-context` (what
// the page is about, in words), `server`, `theme` (`light` or `dark`). `zhida-help[inline] {
// display: block; min-height: 36rem; }` on the page keeps the room before this file is there.
// Custom properties: --zhida-accent, --zhida-on-accent, --zhida-ground, --zhida-ink, --zhida-soft,
// --zhida-line, --zhida-font, --zhida-radius, --zhida-height, --zhida-z-index. Parts: `launcher`,
// `panel`.
// Methods: `open(query)`, `close()`. Events: `zhida:open`, `zhida:close`, and `zhida:contact` when
// the visitor looks for a person: a page that offers its own way there calls `preventDefault()`.
//
// It keeps nothing in the browser, and asks the server for nothing before it is opened or comes
// into view. A page's Content-Security-Policy needs the server in `script-src`, `connect-src` and
// `img-src`, and `zhida` in `trusted-types` where it has that.

(() => {
  if (customElements.get("zhida-help")) return;

  const ORIGIN = new URL(document.currentScript?.src || location.href).origin;

  // Longer than a slow answer takes; after that nothing will come.
  const REQUEST_TIMEOUT_MS = 20_000;

  // Between two keys of somebody who types on.
  const PAUSE_MS = 150;

  // A message is written more slowly, and its answers come in between.
  const MESSAGE_PAUSE_MS = 400;

  // By then the problem of a message is told.
  const MOST_QUESTION = 400;

  // What a panel has room for.
  const COMPLETIONS = 6;
  const RESULTS = 8;
  const SUGGESTIONS = 3;

  // The server takes reports on a search for a day.
  const QUERY_ID_MS = 23 * 60 * 60 * 1000;

  const REASONS = ["outdated", "unclear", "incomplete", "wrong", "other"];

  const PHONE = matchMedia("(max-width: 29.99rem)");

  // Where a field with the focus brings no keyboard onto the screen.
  const HAS_KEYS = matchMedia("(hover: hover) and (pointer: fine)");

  // ---- Texts ----

  // What is said before the server has said anything: help, close, failed, retry.
  const FIRST_TEXTS = {
    ar: ["مساعدة", "إغلاق", "لم ينجح ذلك. حاول مرة أخرى.", "حاول مرة أخرى"],
    de: ["Hilfe", "Schließen", "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.", "Noch einmal versuchen"],
    en: ["Help", "Close", "That did not work. Please try again.", "Try again"],
    es: ["Ayuda", "Cerrar", "No ha funcionado. Inténtalo de nuevo.", "Reintentar"],
    fr: ["Aide", "Fermer", "Cela n’a pas fonctionné. Veuillez réessayer.", "Réessayer"],
    ja: ["ヘルプ", "閉じる", "うまくいきませんでした。もう一度お試しください。", "もう一度試す"],
    ko: ["도움말", "닫기", "처리하지 못했습니다. 다시 시도해 주세요.", "다시 시도"],
    pt: ["Ajuda", "Fechar", "Não deu certo. Tente de novo.", "Tentar de novo"],
    ru: ["Помощь", "Закрыть", "Не получилось. Попробуйте ещё раз.", "Попробовать ещё раз"],
    th: ["ช่วยเหลือ", "ปิด", "ไม่สำเร็จ โปรดลองอีกครั้ง", "ลองอีกครั้ง"],
    "zh-Hans": ["帮助", "关闭", "没有成功，请再试一次。", "再试一次"],
    "zh-Hant": ["說明", "關閉", "沒有成功，請再試一次。", "再試一次"],
  };

  const isRightToLeft = (locale) => /^(ar|dv|fa|he|ps|ur|yi)\b/.test(locale);

  function firstTexts(locale) {
    const [language] = locale.split("-");
    const script = /Hant|TW|HK|MO/.test(locale) ? "zh-Hant" : "zh-Hans";
    const nearest = language === "zh" ? script : language;
    const tag = nearest in FIRST_TEXTS ? nearest : "en";
    const [help, close, failed, retry] = FIRST_TEXTS[tag];
    return { locale: tag, dir: isRightToLeft(tag) ? "rtl" : "ltr", texts: { help, close, failed, retry } };
  }

  // A tag as the server takes it; nothing if it is none.
  function canonical(tag) {
    try {
      return new Intl.Locale(tag.replaceAll("_", "-")).baseName;
    } catch {
      return "";
    }
  }

  // The language around an element, out of the shadow trees that it stands in.
  function languageAround(element) {
    for (let at = element; at; at = at.getRootNode().host) {
      const language = at.closest("[lang]")?.lang;
      if (language) return language;
    }
    return navigator.language;
  }

  // What the page around is about. Its address may name a person or an order: of the path only
  // plain words count, and what comes after it does not.
  function wordsOfPage() {
    const path = decoded(location.pathname).replace(/\.\w+$/, "");
    const isPlain = (word) => /^(?![a-z]{1,2}$)[\p{L}\p{M}]{2,24}$/iu.test(word);
    const words = path.split(/[^\p{L}\p{M}\p{N}]+/u).filter(isPlain);
    return [...new Set([...words, ...document.title.split(/\s+/)])].join(" ").slice(0, 200).trim();
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  }

  // ---- The server ----

  // Asks the API. An error has the status of the response; none if no response came.
  async function ask(server, path, { query = {}, body, signal, keepalive } = {}) {
    const url = new URL(`/api/v1/${path}`, server);
    for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    const timer = setTimeout(giveUp, REQUEST_TIMEOUT_MS);
    signal?.addEventListener("abort", giveUp);
    try {
      const response = await fetch(url, {
        method: body ? "POST" : "GET",
        headers: body ? { "content-type": "application/json" } : {},
        body: body && JSON.stringify(body),
        credentials: "omit",
        signal: patience.signal,
        keepalive,
      });
      if (!response.ok) throw Object.assign(new Error(url.pathname), { status: response.status });
      return await response.json();
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
    }
  }

  // What a server says of itself, once for all elements of a page.
  const known = new Map();

  function introduction(server, locale) {
    const key = `${server} ${locale}`;
    if (!known.has(key)) {
      const asked = ask(server, "widget", { query: { locale } }).catch((error) => {
        // A page may be in a language that the server has never heard of.
        if (error.status !== 400 || !locale) throw error;
        return ask(server, "widget").then((about) => ({ ...about, isForeign: true }));
      });
      asked.catch(() => known.delete(key));
      known.set(key, asked);
    }
    return known.get(key);
  }

  // One reader's talk with a help center: texts, and the last search, to which reports belong.
  class Session {
    #last = null;

    static async begin({ server, locale, market }) {
      const about = await introduction(server, locale);
      // Articles may be nearer to the reader than the texts are.
      const nearest = about.isForeign ? about.locale : locale || about.locale;
      return Object.assign(new Session(), { server, market, locale: nearest, about });
    }

    // What every request about articles says.
    get reader() {
      return { locale: this.locale, market: this.market };
    }

    get(path, query, signal) {
      return ask(this.server, path, { query, signal });
    }

    post(path, body, signal) {
      return ask(this.server, path, { body, signal });
    }

    // The last search; nothing if there was none, or too long ago.
    get queryId() {
      return this.#last && Date.now() < this.#last.until ? this.#last.id : undefined;
    }

    set queryId(id) {
      if (id && id !== this.#last?.id) this.#last = { id, until: Date.now() + QUERY_ID_MS };
    }

    // Says what the visitor did; nobody waits for it.
    report(event) {
      const query_id = this.queryId;
      if (!query_id) return;
      const body = { events: [{ ...event, query_id }] };
      ask(this.server, "events", { body, keepalive: true }).catch(() => {});
    }

    // The address of what the server names by its path.
    address(href, base = "/") {
      try {
        return new URL(href, new URL(base, this.server));
      } catch {
        return null;
      }
    }

    // The article that an address leads to; nothing if it is another page.
    articleAt(url) {
      const [, locale, id] = (url.origin === this.server && url.pathname.match(/^\/([^/]+)\/articles\/(.+)$/)) || [];
      return id && { id: decoded(id), locale, anchor: anchorOf(url) };
    }
  }

  const anchorOf = (url) => decoded(url.hash.slice(1));

  // ---- Elements ----

  // Makes an element. Attributes that are null or false are left out; texts stay texts.
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(attribute, value);
      else if (value != null && value !== false) element.setAttribute(attribute, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  }

  const ICONS = {
    help: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.3 9.4a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 2M12 17v.01",
    close: "M6 6l12 12M18 6L6 18",
    back: "M15 5l-7 7 7 7",
    search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5l5 5",
    next: "M9 6l6 6-6 6",
    out: "M13 5h6v6M19 5l-9 9M10 6H6v12h12v-4",
    done: "M5 12.5l4.5 4.5L19 7.5",
  };

  function icon(name) {
    const draw = (element, attributes) => {
      const drawn = document.createElementNS("http://www.w3.org/2000/svg", element);
      for (const [attribute, value] of Object.entries(attributes)) drawn.setAttribute(attribute, value);
      return drawn;
    };
    const svg = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon icon-${name}` });
    svg.append(draw("path", { d: ICONS[name] }));
    return svg;
  }

  // Pages may allow that text becomes HTML to named policies only.
  const policy = (() => {
    try {
      return window.trustedTypes?.createPolicy("zhida", { createHTML: (html) => html });
    } catch {
      return null;
    }
  })();

  // Reads HTML of the server, which has made it safe.
  function fragment(html) {
    const template = document.createElement("template");
    template.innerHTML = policy ? policy.createHTML(html) : html;
    return template.content;
  }

  // Puts the headings of an article below the one of the panel and the one of the article.
  function lowerHeadings(content) {
    for (const heading of content.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const level = Math.min(6, Number(heading.localName[1]) + 2);
      const lower = make(`h${level}`, { id: heading.id || null });
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
  }

  // Calls `act` when somebody who types in a field pauses. While an input method composes, what
  // stands there is half a word, and nothing happens. Returns what forgets the last keys.
  function whenTyped(field, pauseMs, act) {
    let timer;
    let isComposing = false;
    const forget = () => clearTimeout(timer);
    const wait = () => {
      forget();
      timer = setTimeout(act, pauseMs);
    };
    field.addEventListener("compositionstart", () => {
      isComposing = true;
      forget();
    });
    field.addEventListener("compositionend", () => {
      isComposing = false;
      wait();
    });
    field.addEventListener("input", (event) => {
      if (!isComposing && !event.isComposing) wait();
    });
    return forget;
  }

  // Keys that belong to an input method; 229 is what Safari says for the last of them.
  const isComposed = (event) => event.isComposing || event.keyCode === 229;

  // Whether the browser will open a link elsewhere by itself.
  const isOpenedElsewhere = (event) =>
    event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

  // ---- The search field ----

  // A combobox as the ARIA Authoring Practices have it. `complete(query, signal)` finds what may
  // be meant, `choose(completion)` and `search(query)` take what is.
  class SearchField {
    #completions = [];
    #active = -1;
    #asking = null;

    constructor({ complete, choose, search, say }) {
      Object.assign(this, { complete, choose, search, say });
      this.input = make("input", {
        type: "text",
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "_completions",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        enterkeyhint: "search",
        maxlength: "500",
        input: () => this.#activate(-1),
        keydown: (event) => this.#onKey(event),
        blur: () => this.close(),
      });
      this.button = make("button", { type: "submit" }, icon("search"));
      // The focus stays in the field while a completion is pressed.
      this.list = make("ul", {
        id: "_completions",
        role: "listbox",
        hidden: true,
        mousedown: (event) => event.preventDefault(),
      });
      const submit = (event) => {
        event.preventDefault();
        this.#submit();
      };
      this.form = make("form", { role: "search", class: "search", submit }, this.input, this.button, this.list);
      this.forgetKeys = whenTyped(this.input, PAUSE_MS, () => this.#find());
      // What comes in while somebody composes would cover the candidates.
      this.input.addEventListener("compositionstart", () => this.close());
    }

    speak({ search_field = "", search = "", suggestions = "" }) {
      this.texts = { suggestions };
      this.input.setAttribute("aria-label", search_field);
      this.input.placeholder = search_field;
      this.button.setAttribute("aria-label", search);
      this.list.setAttribute("aria-label", suggestions);
    }

    close() {
      this.forgetKeys();
      this.#asking?.abort();
      this.list.hidden = true;
      this.#activate(-1);
      this.input.setAttribute("aria-expanded", "false");
    }

    get isOpen() {
      return !this.list.hidden;
    }

    async #find() {
      const query = this.input.value.trim();
      this.#asking?.abort();
      if (!query) return this.close();
      const asking = (this.#asking = new AbortController());
      const found = await this.complete(query, asking.signal).catch(() => []);
      if (asking.signal.aborted) return;
      this.#show(found);
    }

    #show(completions) {
      this.#completions = completions;
      const option = ({ text_highlighted, locale }, place) => {
        const attributes = { id: `_completion-${place}`, role: "option", lang: locale, dir: "auto" };
        return make("li", { ...attributes, click: () => this.#take(place) }, fragment(text_highlighted));
      };
      this.list.replaceChildren(...completions.map(option));
      this.list.hidden = !completions.length;
      this.input.setAttribute("aria-expanded", String(this.isOpen));
      this.#activate(-1);
      if (this.isOpen) this.say(`${this.texts.suggestions}: ${completions.length}`);
    }

    #activate(place) {
      this.#active = place;
      [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      const option = this.list.children[place];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    // One place before the first and after the last is the field itself.
    #move(step) {
      const places = this.#completions.length + 1;
      this.#activate(((this.#active + 1 + step + places) % places) - 1);
    }

    #take(place) {
      const completion = this.#completions[place];
      this.close();
      this.choose(completion);
    }

    #submit() {
      const query = this.input.value.trim();
      this.close();
      if (query) this.search(query);
    }

    #onKey(event) {
      if (isComposed(event)) {
        // The Enter that ends a composition is no search.
        if (event.key === "Enter") event.preventDefault();
        return;
      }
      const acts = {
        ArrowDown: () => this.#move(1),
        ArrowUp: () => this.#move(-1),
        Escape: () => this.close(),
        Enter: () => this.#take(this.#active),
      };
      const act = this.isOpen && (event.key !== "Enter" || this.#active >= 0) && acts[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  // ---- The panel ----

  // What a panel shows. `host` is the element around it, which knows whose help center it is.
  class Panel {
    // From the start to what is shown: `kind` and `node`; the `query` that led there; what is
    // `said` of it; the `target` of the focus, if not its heading; what happens when it is
    // `entered`; and where it was left, `scroll` and `focused`.
    #views = [];

    // What is being loaded; the next step forgets it.
    #going = null;

    #session = null;
    #key = "";

    // What is written there stays until it is sent.
    #contact = null;

    constructor(host) {
      this.host = host;
      this.search = new SearchField({
        complete: (query, signal) => this.#complete(query, signal),
        choose: (completion) => this.#openArticle(this.#placeOf(completion)),
        search: (query) => this.#search(query),
        say: (text) => this.#say(text),
      });
      const round = (name, click) => make("button", { type: "button", class: "round", click }, icon(name));
      this.backButton = round("back", () => this.#goBack());
      this.closeButton = round("close", () => host.close());
      this.name = make("h2", { id: "_name" });
      this.hello = make("h3", { class: "hello", tabindex: "-1" });
      this.shown = make("div", { class: "view" }, make("div", { class: "spinner" }));
      this.person = make("button", { type: "button", click: () => this.#openContact() });
      this.foot = make("div", { class: "foot" }, this.person);
      this.status = make("p", { role: "status", class: "hidden" });
      const bar = make("div", { class: "bar" }, this.backButton, this.name, host.isInline ? null : this.closeButton);
      const band = make("div", { class: "band" }, bar, this.hello, this.search.form);
      const attributes = { part: "panel", class: "panel", "aria-labelledby": "_name", tabindex: "-1" };
      attributes.role = host.isInline ? "region" : "dialog";
      this.node = make(host.isInline ? "div" : "dialog", attributes, band, this.shown, this.foot, this.status);
      this.#speak(firstTexts(host.reader.locale));
      this.#display({ kind: "loading", node: this.shown });
    }

    // Shows the start, what was shown last, or what is found for a query; loads the texts if
    // those that are there are for another reader.
    begin(query) {
      const reader = this.host.reader;
      const key = Object.values(reader).join(" ");
      if (key === this.#key && query) return this.#search(query);
      if (key === this.#key) return this.#display(this.#views.at(-1));
      return this.#go(async (signal) => {
        const session = await Session.begin(reader);
        if (signal.aborted) return null;
        this.#session = session;
        this.#key = key;
        this.#contact = null;
        this.#speak(session.about);
        const start = this.#start();
        this.#views = [start];
        return query ? this.#results(query, signal) : start;
      });
    }

    // Forgets what is loading, as nobody will see it.
    leave() {
      this.#stop();
      this.search.close();
      this.#remember();
    }

    // Looks again for what helps on this page, where that is what is shown.
    suggest() {
      const view = this.#views.at(-1);
      if (view?.kind === "start") view.entered();
    }

    get hasFocus() {
      const focused = this.node.getRootNode().activeElement;
      return Boolean(focused) && this.node.contains(focused);
    }

    // Says everything around the views in a language.
    #speak({ locale, dir, site, texts }) {
      this.texts = { ...firstTexts(locale).texts, ...texts };
      const { help, close, back, search_hint, contact } = this.texts;
      this.node.lang = locale;
      this.node.dir = dir;
      this.name.textContent = site ?? help;
      this.closeButton.setAttribute("aria-label", close);
      this.backButton.setAttribute("aria-label", back ?? "");
      this.hello.textContent = search_hint ?? "";
      this.person.textContent = contact ?? "";
      this.search.speak(this.texts);
    }

    #say(text) {
      this.status.textContent = text;
    }

    // ---- From view to view ----

    // Loads a view and shows it; where that fails, a message that can try again.
    async #go(load) {
      this.#stop();
      this.search.close();
      const going = (this.#going = new AbortController());
      this.node.classList.add("busy");
      this.#say(this.texts.loading ?? "");
      const view = await load(going.signal).catch((error) => this.#failure(error, () => this.#go(load)));
      if (this.#going !== going) return;
      this.#stop();
      this.#show(view);
    }

    // The same from a view that is shown. What moves at the top moves at once, and not later
    // under somebody's finger.
    #goOn(load) {
      this.backButton.hidden = false;
      return this.#go(load);
    }

    #stop() {
      this.#going?.abort();
      this.#going = null;
      this.node.classList.remove("busy");
      this.#say("");
    }

    #show(view) {
      this.#remember();
      // Results take the place of results, and what was sent that of its form.
      if (view.kind === "start") this.#views = [];
      if (view.kind === "sent") this.#views.length = 1;
      while (["failed", view.kind === "results" && "results"].includes(this.#views.at(-1)?.kind)) this.#views.pop();
      this.#views.push(view);
      this.#display(view);
      if (view.said) this.#say(view.said);
    }

    #remember() {
      const view = this.#views.at(-1);
      if (!view) return;
      view.scroll = this.shown.scrollTop;
      const focused = this.node.getRootNode().activeElement;
      if (this.hasFocus && focused !== this.node) view.focused = focused;
    }

    // Away from what is shown, or from what is still loading.
    #goBack() {
      if (!this.#going) this.#views.pop();
      this.#stop();
      this.#display(this.#views.at(-1));
    }

    // A view that is shown for the first time has the focus on its heading; one that is shown
    // again, where it was.
    #display(view) {
      const hadFocus = this.hasFocus;
      const canSearch = ["start", "results"].includes(view.kind);
      const hasWays = ["loading", "contact", "sent"].includes(view.kind) || view.node.querySelector(".none");
      this.shown.replaceWith(view.node);
      this.shown = view.node;
      this.backButton.hidden = this.#views.length < 2;
      this.hello.hidden = view.kind !== "start";
      this.search.form.hidden = !canSearch;
      this.search.input.value = view.query ?? "";
      this.foot.hidden = !this.#canContact || Boolean(hasWays);
      this.shown.scrollTop = view.scroll ?? 0;
      if (hadFocus) this.#focusIn(view);
      view.entered?.();
    }

    #focusIn(view) {
      const { input } = this.search;
      const wanted = view.focused ?? (view.kind === "start" ? input : view.target);
      const isThere = wanted?.isConnected && wanted.checkVisibility?.() !== false;
      const heading = view.node.querySelector("h3") ?? this.hello;
      const target = isThere && (wanted !== input || HAS_KEYS.matches) ? wanted : heading;
      target.focus({ preventScroll: target !== view.target });
    }

    #failure(error, again) {
      const retry = make("button", { type: "button", class: "button", click: again }, this.texts.retry);
      return { kind: "failed", node: make("div", { class: "view plain" }, this.#heading(this.#excuse(error)), retry) };
    }

    #excuse({ status }) {
      return (status === 429 && this.texts.too_many) || this.texts.failed;
    }

    #heading(text, attributes) {
      return make("h3", { tabindex: "-1", ...attributes }, text);
    }

    // ---- Start ----

    #start() {
      const suggested = make("section");
      const node = make("div", { class: "view" }, suggested);
      let about = null;
      const entered = async () => {
        const context = this.host.context;
        if (context === about) return;
        about = context;
        const query = { q: context, ...this.#session.reader, per_page: SUGGESTIONS, record: "false" };
        // A start without suggestions is one, too.
        const found = context ? await this.#session.get("search", query).catch(() => null) : null;
        if (about !== context) return;
        if (this.shown === node) suggested.replaceChildren(...this.#suggestions(found));
        else about = null;
      };
      return { kind: "start", node, entered };
    }

    #suggestions(found) {
      if (!found?.results.length) return [];
      this.#session.queryId = found.query_id;
      return [make("h4", {}, this.texts.suggested), this.#links(found.results, found.query_id)];
    }

    // ---- Searching ----

    async #complete(q, signal) {
      const { locale } = this.#session;
      return (await this.#session.get("completions", { q, locale, limit: COMPLETIONS }, signal)).completions;
    }

    #search(query) {
      this.hello.hidden = true;
      this.#goOn((signal) => this.#results(query, signal));
    }

    async #results(query, signal) {
      const asked = { q: query, channel: "widget", ...this.#session.reader };
      const [answered, found] = await Promise.all([
        this.#session.get("answers", asked, signal),
        this.#session.get("search", { ...asked, per_page: RESULTS, record: "false" }, signal),
      ]);
      this.#session.queryId = answered.query_id;
      const told = answered.suggestions.map((suggestion) => suggestion.id);
      const isNew = ({ result }) => !told.includes(result.id);
      const results = found.results.map((result, at) => ({ result, position: at + 1 })).filter(isNew);
      const list = results.length
        ? make("section", {}, this.#heading(this.texts.results), this.#hits(results, answered.query_id))
        : told.length ? null : make("p", { class: "nothing" }, this.texts.nothing);
      const node = make("div", { class: "view" }, this.#answer(answered), list);
      const said = found.results.length ? `${this.texts.results}: ${found.results.length}` : this.texts.nothing;
      return { kind: "results", node, query, said };
    }

    #answer({ state, answer, suggestions, query_id }) {
      if (state === "answered") return this.#quotation(answer, query_id);
      if (state === "suggested" && suggestions.length) {
        const heading = this.#heading(this.texts.answer_suggested);
        return make("section", {}, heading, this.#links(suggestions, query_id));
      }
      if (!this.#canContact) return null;
      return make("section", { class: "none" }, this.#heading(this.texts.answer_none), this.#ways(true));
    }

    // What an article says, and where.
    #quotation({ html, headings, receipt }, queryId) {
      const { id, locale, title, url, anchor, stale, review_by, updated_at } = receipt;
      const place = { id, locale, anchor, queryId, position: 1 };
      const source = [title, ...headings.slice(-1)].join(" › ");
      const link = (attributes, text) => this.#leading(make("a", { href: url, ...attributes }, text), place);
      return make(
        "section",
        { class: "answer" },
        this.#heading(this.texts.answer),
        stale ? make("p", { class: "note" }, this.#dated("answer_stale", review_by)) : null,
        make("blockquote", { class: "prose", ...this.#language(locale) }, this.#prose(html, url)),
        make(
          "p",
          { class: "about" },
          link(this.#language(locale), source),
          this.#foreign(locale),
          updated_at && make("span", {}, this.#dated("updated", updated_at)),
        ),
        make("p", {}, link({ class: "button" }, this.texts.read_more)),
      );
    }

    // Titles alone: of results, or of questions that an article answers.
    #links(items, queryId) {
      const entry = (item, at) => {
        const place = { ...this.#placeOf(item), queryId, position: at + 1 };
        const link = make("a", { href: item.url, ...this.#language(item.locale) }, item.question ?? item.title);
        return make("li", {}, this.#leading(link, place), this.#foreign(item.locale), icon("next"));
      };
      return make("ul", { class: "links" }, ...items.map(entry));
    }

    #hits(results, queryId) {
      const hit = ({ result, position }) => {
        const { url, locale, title_highlighted, snippet } = result;
        const link = make("a", { href: url, ...this.#language(locale) }, fragment(title_highlighted));
        const title = this.#leading(link, { ...this.#placeOf(result), queryId, position });
        const said = make("p", { class: "excerpt", ...this.#language(locale) }, fragment(snippet));
        return make("li", {}, make("h4", {}, title), said, this.#foreign(locale));
      };
      return make("ol", { class: "hits" }, ...results.map(hit));
    }

    #placeOf({ id, locale, url }) {
      return { id, locale, anchor: anchorOf(this.#session.address(url)) };
    }

    // ---- Reading ----

    #openArticle(place) {
      const { queryId, position, id, locale } = place;
      this.#session.queryId = queryId;
      if (position) this.#session.report({ type: "click", id, locale, position });
      this.#goOn(async (signal) => {
        const path = id.split("/").map(encodeURIComponent).join("/");
        const article = await this.#session.get(`articles/${path}`, { locale }, signal);
        this.#session.report({ type: "view", id: article.id, locale: article.locale });
        return this.#article(article, place.anchor);
      });
    }

    #article(article, anchor) {
      const { title, html, url, locale, updated_at, actions } = article;
      const language = this.#language(locale);
      const body = make("div", { class: "prose", ...language }, this.#prose(html, url));
      const action = ({ label, url }) =>
        this.#leading(make("a", { href: url, class: "button primary", ...language }, label));
      const page = make("a", { href: this.#session.address(url), target: "_blank", rel: "noopener" });
      page.append(this.texts.open_page, icon("out"));
      const node = make(
        "article",
        { class: "view" },
        this.#heading(title, language),
        make("p", { class: "about" }, this.#foreign(locale), updated_at && this.#dated("updated", updated_at)),
        body,
        actions.length ? make("p", { class: "buttons" }, ...actions.map(action)) : null,
        make("p", { class: "page" }, page),
        this.#session.queryId ? this.#feedback(article) : null,
      );
      return { kind: "article", node, target: anchor ? this.#named(body, anchor) : null };
    }

    #named(body, anchor) {
      const element = body.querySelector(`#${CSS.escape(anchor)}`);
      element?.setAttribute("tabindex", "-1");
      return element;
    }

    // Makes the HTML of an article at `base` part of a view.
    #prose(html, base) {
      const content = fragment(html);
      lowerHeadings(content);
      for (const link of content.querySelectorAll("a[href]")) this.#leading(link, null, base);
      for (const image of content.querySelectorAll("img[src]")) {
        image.src = this.#session.address(image.getAttribute("src"), base) ?? "";
      }
      // What scrolls by itself is reached by keys.
      for (const wide of content.querySelectorAll(".table, pre")) wide.tabIndex = 0;
      return content;
    }

    // Leads a link to an article in the panel, to a place in the same, or out of it.
    #leading(link, place = null, base = "/") {
      const href = link.getAttribute("href");
      const url = this.#session.address(href, base);
      if (!url) return link;
      link.href = url;
      const isHere = !place && href.startsWith("#");
      const article = place ?? this.#session.articleAt(url);
      if (!article && !isHere) {
        if (/^http/.test(url.protocol)) Object.assign(link, { target: "_blank", rel: "noopener" });
        return link;
      }
      link.addEventListener("click", (event) => {
        if (event.defaultPrevented || isOpenedElsewhere(event)) return;
        event.preventDefault();
        if (isHere) this.#named(link.closest(".prose"), anchorOf(url))?.focus();
        else this.#openArticle(article);
      });
      return link;
    }

    #dated(text, day) {
      const { locale } = this.#session.about;
      const date = new Date(day).toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" });
      return this.texts[text].replace("{date}", date);
    }

    // Says what is in another language than the texts around it.
    #language(locale) {
      if (locale === this.#session.about.locale) return {};
      return { lang: locale, dir: isRightToLeft(locale) ? "rtl" : "ltr" };
    }

    #foreign(locale) {
      if (locale === this.#session.about.locale) return null;
      const names = new Intl.DisplayNames(this.#session.about.locale, { type: "language" });
      return make("span", { class: "label" }, names.of(locale));
    }

    // ---- Whether it helped ----

    #feedback(article) {
      const section = make("section", { class: "feedback" });
      const heading = make("h4", {}, this.texts.was_helpful);
      const vote = (helpful) => () => this.#vote(section, article, { helpful });
      const choice = (text, helpful) =>
        make("button", { type: "button", class: "button", click: vote(helpful) }, text);
      const choices = make("p", { class: "buttons" }, choice(this.texts.yes, true), choice(this.texts.no, false));
      section.append(heading, choices);
      return section;
    }

    // Sends a vote. Who says no is asked why; the way to a person is just below.
    async #vote(section, { id, locale }, vote) {
      const event = { type: "vote", query_id: this.#session.queryId, id, locale, ...vote };
      const isSent = await this.#send(section, "events", { events: [event] });
      if (!isSent) return;
      const isAskedWhy = !vote.helpful && !("reason" in vote);
      const text = isAskedWhy ? this.texts.why_not : this.texts.thanks;
      const heading = make("h4", { id: "_why", tabindex: "-1" }, text);
      const more = isAskedWhy ? this.#why((told) => this.#vote(section, { id, locale }, { ...vote, ...told })) : null;
      section.replaceChildren(heading, ...(more ? [more] : []));
      heading.focus({ preventScroll: true });
      section.scrollIntoView({ block: "nearest" });
    }

    #why(send) {
      const reason = (code) =>
        make("label", {}, make("input", { type: "radio", name: "reason", value: code }), this.texts[`reason_${code}`]);
      const submit = (event) => {
        event.preventDefault();
        const { reason, comment } = Object.fromEntries(new FormData(event.target));
        send({ reason: reason || undefined, comment: comment.trim() || undefined });
      };
      return make(
        "form",
        { class: "why", submit },
        make("div", { role: "radiogroup", "aria-labelledby": "_why", class: "reasons" }, ...REASONS.map(reason)),
        make("label", {}, this.texts.comment, make("textarea", { name: "comment", rows: "2", maxlength: "2000" })),
        make("button", { class: "button primary" }, this.texts.send),
      );
    }

    // Sends what a form or two buttons say; returns whether that worked, and says so if not.
    async #send(form, path, body) {
      const buttons = [...form.querySelectorAll("button")];
      if (form.querySelector("[aria-disabled]")) return false;
      form.querySelector("[role=alert]")?.remove();
      for (const button of buttons) button.setAttribute("aria-disabled", "true");
      try {
        await this.#session.post(path, body);
        return true;
      } catch (error) {
        form.append(make("p", { role: "alert", class: "note" }, this.#excuse(error)));
        return false;
      } finally {
        for (const button of buttons) button.removeAttribute("aria-disabled");
      }
    }

    // ---- To a person ----

    get #canContact() {
      const about = this.#session?.about;
      return Boolean(about && (about.form || about.contact.length));
    }

    // The ways to a person, with or without the form.
    #ways(hasForm) {
      const way = ({ label, url }) => {
        const click = (event) => this.#escalate(url) || event.preventDefault();
        return this.#leading(make("a", { href: url, class: "button", click }, label));
      };
      const { contact, form } = this.#session.about;
      const open = { type: "button", class: "button primary", click: () => this.#openContact() };
      const write = form && hasForm ? make("button", open, this.texts.write) : null;
      return make("p", { class: "buttons" }, write, ...contact.map(way));
    }

    // Says that the visitor looks for a person; returns whether it is done here.
    #escalate(url = null) {
      this.#session.report({ type: "escalation" });
      return this.host.tell("contact", { url }, true);
    }

    #openContact() {
      this.#stop();
      if (!this.#escalate()) return;
      this.#contact ??= make(
        "div",
        { class: "view" },
        this.#heading(this.texts.contact),
        this.#session.about.form ? this.#messageForm() : null,
        this.#ways(false),
      );
      this.#show({ kind: "contact", node: this.#contact });
    }

    #messageForm() {
      const field = (name, label, element, attributes) =>
        make("label", {}, label, make(element, { name, ...attributes }));
      const { message, email, name, send } = this.texts;
      const trap = make("input", { name: "website", tabindex: "-1", autocomplete: "off" });
      const answers = make("div", { class: "answers", "aria-live": "polite" });
      const form = make(
        "form",
        { class: "message", submit: (event) => this.#sendMessage(event) },
        field("message", message, "textarea", { required: true, maxlength: "5000", rows: "4" }),
        field("email", email, "input", { type: "email", required: true, maxlength: "254", autocomplete: "email" }),
        field("name", name, "input", { maxlength: "100", autocomplete: "name" }),
        // People do not see it; programs fill it in.
        make("p", { class: "hidden", "aria-hidden": "true" }, trap),
        answers,
        make("button", { class: "button primary" }, send),
      );
      this.#answerWhileWritten(form.elements.message, answers);
      return form;
    }

    // Shows what may answer a message before it is sent.
    #answerWhileWritten(field, place) {
      let asking = null;
      whenTyped(field, MESSAGE_PAUSE_MS, async () => {
        asking?.abort();
        asking = new AbortController();
        const { signal } = asking;
        const q = field.value.trim().slice(0, MOST_QUESTION);
        const body = { q, ...this.#session.reader, record: false };
        const answered = isQuestion(q) ? await this.#session.post("answers", body, signal).catch(() => null) : null;
        if (!signal.aborted) place.replaceChildren(...this.#answersTo(answered));
      });
    }

    #answersTo(answered) {
      const { answer, suggestions, query_id } = answered ?? { suggestions: [] };
      if (!answer && !suggestions.length) return [];
      this.#session.queryId = query_id;
      const links = this.#links(answer ? [answer.receipt] : suggestions, query_id);
      const said = answer && make("p", { class: "excerpt", ...this.#language(answer.receipt.locale) }, answer.text);
      return [make("h4", {}, this.texts.contact_answers), ...(said ? [said] : []), links];
    }

    async #sendMessage(event) {
      event.preventDefault();
      const form = event.target;
      const { message } = form.elements;
      message.value = message.value.trim();
      if (!form.reportValidity()) return;
      const written = Object.fromEntries(new FormData(form));
      const { locale, queryId } = this.#session;
      // The address of the page without what may name a person.
      const page = location.origin + location.pathname;
      const isSent = await this.#send(form, "messages", { ...written, locale, page, query_id: queryId });
      if (!isSent) return;
      this.#contact = null;
      const node = make("div", { class: "view plain" }, icon("done"), this.#heading(this.texts.sent));
      this.#show({ kind: "sent", node });
    }
  }

  // Whether there is enough of a message to look for what answers it.
  function isQuestion(text) {
    const isDense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
    return text.length >= (isDense ? 4 : 8);
  }

  // ---- Looks ----

  const DARK = `
    color-scheme: dark;
    --accent: var(--zhida-accent, #74cfdf);
    --on-accent: var(--zhida-on-accent, #05232a);
    --ground: var(--zhida-ground, #161d23);
    --ink: var(--zhida-ink, #e4eaee);
    --soft: var(--zhida-soft, #a0afba);
    --line: var(--zhida-line, #36434d);
    --band: color-mix(in srgb, var(--accent) 16%, var(--ground));
    --on-band: var(--ink);
    --shadow: 0 .75em 2.5em rgb(0 0 0 / .55);`;

  // Directions are logical, so that right-to-left languages need little of their own. Sizes go
  // by the reader's own font size, whatever the page makes of it.
  const STYLE = `
  :host {
    all: initial;
    color-scheme: light;
    --accent: var(--zhida-accent, #0b5a6a);
    --on-accent: var(--zhida-on-accent, #fff);
    --ground: var(--zhida-ground, #fff);
    --ink: var(--zhida-ink, #18232c);
    --soft: var(--zhida-soft, #53626e);
    --line: var(--zhida-line, #d9e1e6);
    --band: var(--accent);
    --on-band: var(--on-accent);
    --tint: color-mix(in srgb, var(--accent) 9%, var(--ground));
    --edge: color-mix(in srgb, var(--soft) 80%, var(--ground));
    --round: var(--zhida-radius, .75em);
    --shadow: 0 .75em 2.5em rgb(12 35 45 / .22), 0 .1em .4em rgb(12 35 45 / .12);
    position: fixed;
    inset-block-end: 1em;
    inset-inline-end: 1em;
    z-index: var(--zhida-z-index, 2147483000);
    display: block;
    font-family: var(--zhida-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    line-height: 1.5;
    color: var(--ink);
  }
  @media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
  :host([theme="dark"]) { ${DARK} }
  :host([inline]) { position: relative; inset: auto; z-index: 0; block-size: var(--zhida-height, 36rem); }
  :host([hidden]), [hidden] { display: none !important; }
  @media print { :host { display: none; } }

  *, ::before, ::after { box-sizing: border-box; }
  h2, h3, h4, h5, h6, p, ul, ol, blockquote { margin: 0; padding: 0; }
  h2, h3, h4, h5, h6 { line-height: 1.3; text-wrap: balance; }
  ul, ol { list-style: none; }
  a { color: var(--accent); text-underline-offset: .18em; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  [aria-disabled] { opacity: .6; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [tabindex="-1"]:focus { outline: 0; }
  .icon { flex: none; inline-size: 1.4em; block-size: 1.4em; fill: none; stroke: currentcolor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
  [dir="rtl"] :is(.icon-back, .icon-next, .icon-out) { transform: scaleX(-1); }
  .hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  /* The button. */
  .launcher { display: flex; align-items: center; gap: .5em; min-block-size: 3.25em; padding-inline: 1.1em 1.35em; border: 1px solid transparent; border-radius: 2em; background: var(--accent); color: var(--on-accent); font-weight: 600; box-shadow: var(--shadow); }
  .launcher:focus-visible { outline-color: var(--ink); box-shadow: 0 0 0 2px var(--ground); }
  .launcher[aria-expanded="false"] .icon-close, .launcher[aria-expanded="true"] .icon-help { display: none; }

  /* The panel. */
  .panel { display: flex; flex-direction: column; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: var(--round); background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
  dialog.panel { position: absolute; inset: auto; inset-block-end: calc(100% + .75em); inset-inline-end: 0; inline-size: 24em; max-inline-size: calc(100vw - 2em); block-size: 36em; max-block-size: calc(100vh - 6.5em); box-shadow: var(--shadow); }
  dialog:not([open]) { display: none; }
  dialog::backdrop { background: none; }
  div.panel { position: relative; inline-size: 100%; block-size: 100%; }
  @media (max-width: 29.99rem) {
    dialog.panel { position: fixed; inset: 0; inline-size: 100%; max-inline-size: none; block-size: 100vh; block-size: 100dvh; max-block-size: none; border: 0; border-radius: 0; }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] { animation: rise .18s ease-out; }
    .view { animation: appear .15s ease-out; }
    .launcher, .search, .button, .links li, .hits li { transition: background-color .12s, border-color .12s, filter .12s; }
    .launcher:hover { filter: brightness(1.12); }
  }
  @keyframes rise { from { opacity: 0; translate: 0 .75em; } }
  @keyframes appear { from { opacity: 0; } }
  @keyframes pass { from { inset-inline-start: -40%; } to { inset-inline-start: 100%; } }
  @keyframes turn { to { rotate: 1turn; } }

  .band { position: relative; z-index: 1; flex: none; background: var(--band); color: var(--on-band); }
  .band :focus-visible { outline-color: var(--on-band); outline-offset: -2px; }
  .bar { display: flex; align-items: center; gap: .15em; min-block-size: 3.65em; padding: .45em .5em; }
  .bar h2 { flex: 1; padding-inline: .65em; font-size: 1em; font-weight: 600; }
  .bar .round:not([hidden]) + h2 { padding-inline-start: .25em; }
  .round { display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; border: 0; border-radius: 50%; background: none; }
  .round:hover { background: color-mix(in srgb, var(--on-band) 16%, transparent); }
  .hello { padding: .35em .72em .7em; font-size: 1.5em; font-weight: 650; }
  .busy .band::after { position: absolute; inset-block-end: 0; inset-inline-start: 0; inline-size: 40%; block-size: 3px; background: color-mix(in srgb, var(--on-band) 75%, transparent); content: ""; animation: pass 1.1s linear infinite; }
  .spinner { inline-size: 2em; block-size: 2em; margin: 4em auto; border: 3px solid var(--line); border-block-start-color: var(--accent); border-radius: 50%; animation: turn .9s linear infinite; }
  @media (prefers-reduced-motion: reduce) {
    .busy .band::after { inline-size: 100%; animation: none; }
    .spinner { animation: none; }
  }

  .search { position: relative; display: flex; margin: 0 1em 1em; border: 1px solid transparent; border-radius: min(var(--round), 1.5em); background: var(--ground); color: var(--ink); }
  .search:focus-within { box-shadow: 0 0 0 3px color-mix(in srgb, var(--on-band) 60%, transparent); }
  .search input { flex: 1; min-inline-size: 0; block-size: 3em; padding-inline: 1em .25em; border: 0; background: none; text-overflow: ellipsis; }
  .search input:focus { outline: 0; }
  .search input::placeholder { color: var(--soft); opacity: 1; }
  .search button { display: grid; place-items: center; inline-size: 2.9em; border: 0; border-radius: inherit; background: none; color: var(--accent); }
  .search button:focus-visible { outline-color: var(--accent); }
  [role="listbox"] { position: absolute; inset-block-start: calc(100% + .35em); inset-inline: 0; max-block-size: 19em; padding: .35em; overflow-y: auto; overscroll-behavior: contain; border: 1px solid var(--line); border-radius: min(var(--round), 1em); background: var(--ground); box-shadow: var(--shadow); }
  [role="option"] { padding: .55em .75em; border-radius: .5em; cursor: pointer; line-height: 1.4; text-align: start; }
  [role="option"]:hover { background: var(--tint); }
  [role="option"][aria-selected="true"] { background: var(--tint); box-shadow: inset 0 0 0 2px var(--accent); }
  em { font-style: normal; font-weight: 650; }
  .hits em { border-radius: .2em; background: color-mix(in srgb, var(--accent) 18%, transparent); font-weight: inherit; }

  .view { position: relative; flex: 1; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; }
  .view { display: grid; align-content: start; gap: 1.1em; grid-template-columns: minmax(0, 1fr); padding: 1.1em 1.15em 1.5em; }
  .view h3 { font-size: 1.2em; font-weight: 650; }
  .view h4 { font-size: 1em; }
  section { display: grid; gap: .65em; grid-template-columns: minmax(0, 1fr); }
  section > :is(h3, h4) { font-size: 1em; font-weight: 650; }
  section:not(.answer, .none, .feedback) > :is(h3, h4) { color: var(--soft); font-size: .9em; }
  .foot { flex: none; padding: .5em 1.15em; border-block-start: 1px solid var(--line); background: var(--ground); text-align: center; }
  .foot button { min-block-size: 2.75em; padding: 0 1em; border: 0; border-radius: 2em; background: none; color: var(--accent); font-weight: 600; }
  .foot button:hover { background: var(--tint); }

  .links { display: grid; overflow: hidden; border: 1px solid var(--line); border-radius: min(var(--round), 1em); }
  .links li { position: relative; display: flex; align-items: center; gap: .5em; padding: .8em 1em; }
  .links li + li { border-block-start: 1px solid var(--line); }
  .links li:hover { background: var(--tint); }
  .links a { flex: 1; color: var(--ink); font-weight: 550; line-height: 1.4; text-decoration: none; }
  .links .icon { inline-size: 1.1em; block-size: 1.1em; color: var(--soft); }
  .hits { margin-block-start: -.4em; }
  .hits li { position: relative; padding: .8em .6em; margin-inline: -.6em; border-radius: .5em; }
  .hits li:hover { background: var(--tint); }
  .hits li + li { border-block-start: 1px solid var(--line); border-start-start-radius: 0; border-start-end-radius: 0; }
  .hits h4 { font-weight: 600; line-height: 1.4; }
  .hits a { text-decoration: none; }
  .hits a:hover { text-decoration: underline; }
  .hits h4 + p { margin-block-start: .15em; }
  .excerpt { display: -webkit-box; overflow: hidden; color: var(--soft); font-size: .92em; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
  :is(.links, .hits) a::after { position: absolute; inset: 0; content: ""; }
  :is(.links, .hits) a:focus-visible { outline: 0; }
  :is(.links, .hits) a:focus-visible::after { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: .5em; }
  .label { display: inline-block; padding: .05em .6em; border-radius: 1em; background: var(--tint); color: var(--accent); font-size: .8em; font-weight: 550; }
  .nothing { color: var(--soft); }

  .answer, .none, .feedback { padding: 1em; border-radius: min(var(--round), 1em); background: var(--tint); }
  .answer { border: 1px solid color-mix(in srgb, var(--accent) 35%, var(--ground)); }
  .answer > h3 { color: var(--accent); }
  .note { padding: .6em .85em; border: 1px solid; border-radius: .5em; color: inherit; font-size: .95em; }
  [role="alert"] { border-color: #c5372c; }

  .buttons { display: flex; flex-wrap: wrap; gap: .6em; }
  .buttons:empty { display: none; }
  .button { display: inline-flex; align-items: center; justify-content: center; min-block-size: 2.75em; padding: .35em 1.15em; border: 1px solid var(--accent); border-radius: 2em; background: var(--ground); color: var(--accent); font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; }
  .button:hover { background: var(--tint); }
  :is(.none, .feedback, .answer) .button:hover { background: color-mix(in srgb, var(--accent) 14%, var(--ground)); }
  .button.primary { background: var(--accent); color: var(--on-accent); }
  .button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }

  /* An article. */
  article.view > h3 { font-size: 1.35em; }
  .about { display: flex; flex-wrap: wrap; gap: .15em .75em; color: var(--soft); font-size: .9em; }
  .about a { font-weight: 600; }
  article > .about { margin-block-start: -.75em; }
  .about:empty { display: none; }
  .prose { line-height: 1.6; }
  .prose:is(:lang(zh), :lang(ja), :lang(ko), :lang(th), :lang(ar)) { line-height: 1.8; }
  .prose > * + * { margin-block-start: .8em; }
  .prose > :is(h4, h5, h6) { margin-block-start: 1.4em; font-size: 1.1em; font-weight: 650; }
  .prose > :is(h5, h6) { font-size: 1em; }
  .prose :is(ul, ol) { padding-inline-start: 1.5em; }
  .prose ul { list-style: disc; }
  .prose ol { list-style: decimal; }
  .prose li + li, .prose li > :is(ul, ol, p) { margin-block-start: .35em; }
  .prose li::marker { color: var(--soft); }
  .prose blockquote { padding: .6em .9em; border-inline-start: .25em solid var(--accent); border-radius: .25em; background: var(--tint); }
  .prose :is(code, kbd, samp) { padding: .1em .3em; border-radius: .3em; background: color-mix(in srgb, var(--ink) 8%, transparent); font: .9em ui-monospace, Menlo, Consolas, monospace; }
  .prose pre { padding: .8em; overflow-x: auto; border: 1px solid var(--line); border-radius: .5em; direction: ltr; text-align: left; }
  .prose pre code { padding: 0; background: none; }
  .prose hr { border: 0; border-block-start: 1px solid var(--line); }
  .prose img { max-inline-size: 100%; block-size: auto; }
  .prose .table { overflow-x: auto; border: 1px solid var(--line); border-radius: .5em; }
  .prose table { min-inline-size: 100%; border-collapse: collapse; font-size: .92em; line-height: 1.45; }
  .prose :is(th, td) { min-inline-size: 6.5em; padding: .5em .75em; text-align: start; vertical-align: top; overflow-wrap: normal; }
  .prose th { background: var(--tint); font-weight: 600; }
  .prose tbody tr { border-block-start: 1px solid var(--line); }
  .prose [tabindex="-1"]:focus { position: relative; }
  .prose [tabindex="-1"]:focus::before { position: absolute; inset-block: 0; inset-inline-start: -.85em; border-inline-start: .25em solid var(--accent); content: ""; }
  .page a { display: inline-flex; align-items: center; gap: .35em; padding-block: .4em; font-size: .95em; }
  .page .icon { inline-size: 1.1em; block-size: 1.1em; }

  /* Forms. */
  :is(.message, .why) { display: grid; gap: .9em; grid-template-columns: minmax(0, 1fr); }
  .why .button { justify-self: start; }
  label { display: grid; gap: .3em; font-weight: 550; }
  .reasons { display: grid; }
  .reasons label { display: flex; align-items: center; gap: .6em; min-block-size: 2.5em; font-weight: 400; }
  .reasons input { flex: none; inline-size: 1.2em; block-size: 1.2em; margin: 0; accent-color: var(--accent); }
  label > :is(textarea, input:not([type="radio"])) { inline-size: 100%; padding: .6em .75em; border: 1px solid var(--edge); border-radius: .5em; background: var(--ground); color: var(--ink); font-weight: 400; resize: vertical; }
  .message > label > :is(textarea, input):focus-visible { outline-offset: 0; }
  .answers { display: grid; gap: .65em; grid-template-columns: minmax(0, 1fr); }
  .answers:empty { margin-block-start: -.9em; }
  .answers:not(:empty) { padding: 1em; border-radius: min(var(--round), 1em); background: var(--tint); }
  .answers .links { background: var(--ground); }

  .plain { justify-items: center; padding-block: 3.5em; text-align: center; }
  .plain h3 { max-inline-size: 17em; font-size: 1.1em; font-weight: 550; line-height: 1.45; }
  .plain > .icon { inline-size: 3.5em; block-size: 3.5em; padding: .8em; border-radius: 50%; background: var(--tint); color: var(--accent); }
  `;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  // ---- The element ----

  class ZhidaHelp extends HTMLElement {
    static observedAttributes = ["data-context", "inline", "label", "locale", "market", "open", "server"];

    #panel = null;
    #launcher = null;
    #wanted = "";
    #opener = null;
    #seen = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.shadowRoot.addEventListener("keydown", (event) => this.#onKey(event));
    }

    connectedCallback() {
      PHONE.addEventListener("change", this.#fit);
      if (!this.#panel) this.#build();
      if (this.isInline) this.#waitUntilSeen();
      else if (this.hasAttribute("open") && !this.#panel.node.open) this.#reveal(false);
    }

    disconnectedCallback() {
      PHONE.removeEventListener("change", this.#fit);
      this.#seen?.disconnect();
      this.removeAttribute("open");
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#panel || before === after) return;
      if (name === "inline") this.#rebuild();
      else if (name === "data-context") this.#isShown && this.#panel.suggest();
      else if (name === "label") this.#nameLauncher();
      else if (name !== "open") this.#restart();
      else if (!this.isInline && (before === null || after === null)) this.#toggle();
    }

    // Opens the panel, and searches in it if there is a query.
    open(query = "") {
      // As a listener it is given an event.
      this.#wanted = typeof query === "string" ? query.trim() : "";
      if (this.isInline) this.scrollIntoView({ block: "nearest" });
      if (this.#isShown) this.#begin();
      else this.setAttribute("open", "");
    }

    close() {
      this.removeAttribute("open");
    }

    // ---- What the panel asks ----

    get isInline() {
      return this.hasAttribute("inline");
    }

    // Who reads, and in which help center.
    get reader() {
      return {
        server: new URL(this.getAttribute("server") || ORIGIN, ORIGIN).origin,
        locale: canonical(this.getAttribute("locale") || languageAround(this)),
        market: this.getAttribute("market") || undefined,
      };
    }

    get context() {
      return this.dataset.context || wordsOfPage();
    }

    // Tells the page; returns whether it leaves the rest to the panel.
    tell(name, detail = {}, cancelable = false) {
      const event = new CustomEvent(`zhida:${name}`, { bubbles: true, composed: true, cancelable, detail });
      return this.dispatchEvent(event);
    }

    // ---- Building ----

    #build() {
      this.#panel = new Panel(this);
      // On a phone this is the way back.
      this.#panel.node.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.close();
      });
      this.#launcher = make("button", {
        type: "button",
        part: "launcher",
        class: "launcher",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        click: () => (this.hasAttribute("open") ? this.close() : this.open()),
      });
      this.#nameLauncher();
      this.shadowRoot.replaceChildren(...(this.isInline ? [] : [this.#launcher]), this.#panel.node);
    }

    #rebuild() {
      this.removeAttribute("open");
      this.#build();
      if (this.isConnected) this.connectedCallback();
    }

    // Its text is known without the server.
    #nameLauncher() {
      const { locale, texts } = firstTexts(this.reader.locale);
      const label = this.getAttribute("label");
      const text = make("span", label ? {} : { lang: locale }, label || texts.help);
      this.#launcher.replaceChildren(icon("help"), icon("close"), text);
    }

    // Begins anew for another reader or help center, where somebody looks.
    #restart() {
      this.#nameLauncher();
      if (this.isInline) this.#waitUntilSeen();
      else if (this.#isShown) this.#begin();
    }

    get #isShown() {
      return this.isInline || this.hasAttribute("open");
    }

    #begin() {
      const query = this.#wanted;
      this.#wanted = "";
      this.#panel.begin(query);
    }

    #waitUntilSeen() {
      this.#seen?.disconnect();
      this.#seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#seen.disconnect();
        this.#begin();
      });
      this.#seen.observe(this);
    }

    // ---- Opening and closing ----

    #toggle() {
      if (this.hasAttribute("open")) this.#reveal(true);
      else this.#hide();
    }

    // A page that has it open from the start keeps the focus.
    #reveal(takesFocus) {
      const focused = this.getRootNode().activeElement;
      const isElsewhere = focused && focused !== this && focused !== document.body;
      this.#opener = isElsewhere ? focused : this.#launcher;
      this.#launcher.setAttribute("aria-expanded", "true");
      this.#stand(takesFocus && PHONE.matches);
      if (takesFocus) this.#panel.node.focus({ preventScroll: true });
      this.tell("open");
      this.#begin();
    }

    // On a phone nothing else can be seen, so nothing else can be reached either.
    #stand(isModal) {
      if (isModal) this.#panel.node.showModal();
      else this.#panel.node.open = true;
    }

    #hide() {
      const hadFocus = this.#panel.hasFocus;
      this.#panel.leave();
      this.#panel.node.close();
      this.#launcher.setAttribute("aria-expanded", "false");
      if (hadFocus) this.#opener.focus();
      this.tell("close");
    }

    // When a phone is turned, or a window becomes as narrow as one.
    #fit = () => {
      const { node } = this.#panel;
      if (!node.open) return;
      const focused = this.shadowRoot.activeElement;
      node.close();
      this.#stand(PHONE.matches);
      focused?.focus();
    };

    #onKey(event) {
      if (event.key !== "Escape" || isComposed(event) || this.isInline || !this.hasAttribute("open")) return;
      event.preventDefault();
      this.close();
    }
  }

  customElements.define("zhida-help", ZhidaHelp);
})();
