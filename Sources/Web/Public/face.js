// Everything here only makes the site pleasanter: each job works without it. No storage in the browser, because a school's
// computer is shared; what is typed is kept on the server.
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const headers = { 'X-Requested-With': 'fetch', Accept: 'application/json' };

  /** Calls the function once, so many milliseconds after the last call. */
  const after = (milliseconds, call) => {
    let timer;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => call(...values), milliseconds);
    };
  };

  /** What a form holds now, without files and passwords. */
  const contents = (form) => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== 'string') continue;
      if (all('[type=password]', form).some((input) => input.name === name)) continue;
      data.append(name, value);
    }
    return data;
  };

  // ---------- Keeping what is typed ----------

  /** Saves a form while one writes in it. The server answers { status, text, revisions, href }. */
  class Keeper {
    constructor(form, address) {
      this.form = form;
      this.address = address;
      this.line = form.querySelector('.saving');
      this.sent = contents(form).toString();
      this.pause = 0;
      const later = after(1500, () => this.save());
      form.addEventListener('input', () => {
        if (form.dataset.unsaved) this.say(form.dataset.unsaved);
        later();
      });
      form.addEventListener('submit', () => {
        this.leaving = true;
        // What is under way would arrive after what is sent now, and bring back a draft of it.
        this.running?.abort();
      });
      // Somebody who comes back to the page as it was goes on typing.
      window.addEventListener('pageshow', () => { this.leaving = false; });
      document.addEventListener('visibilitychange', () => { if (document.hidden) this.save(true); });
      window.addEventListener('beforeunload', (event) => {
        if (this.failed && !this.leaving && this.changed()) event.preventDefault();
      });
    }

    changed() { return contents(this.form).toString() !== this.sent; }

    async save(keepalive = false) {
      if (this.busy || this.leaving || this.stopped || !this.changed()) return;
      this.busy = true;
      const data = contents(this.form);
      if (this.form.dataset.saving) this.say(this.form.dataset.saving);
      try {
        this.running = new AbortController();
        const { signal } = this.running;
        const answer = await fetch(
          this.address, { method: 'POST', body: data, headers, keepalive, signal, credentials: 'same-origin' });
        const news = await answer.json();
        if (answer.ok) this.saved(data, news);
        else if (answer.status === 409) this.stop(news);
        else if (answer.status === 401) this.signedOut(data, news);
        else if (answer.status === 422) this.say(news.text, true);
        else throw new Error(String(answer.status));
      } catch {
        this.busy = false;
        if (this.leaving) return;
        this.failed = true;
        this.say(this.form.dataset.failed || '', true);
        this.pause = Math.min(60000, (this.pause || 2500) * 2);
        setTimeout(() => this.save(), this.pause);
      }
      this.busy = false;
    }

    saved(data, news) {
      this.failed = false;
      this.pause = 0;
      for (const [name, revision] of Object.entries(news.revisions || {})) {
        for (const input of all('input[type=hidden]', this.form)) {
          if (input.name === `${name}.revision`) input.value = revision;
        }
      }
      const before = new URLSearchParams(data);
      for (const name of Object.keys(news.revisions || {})) before.set(`${name}.revision`, news.revisions[name]);
      this.sent = before.toString();
      this.say(news.text);
      if (this.changed()) setTimeout(() => this.save(), 1500);
    }

    /** What was typed is kept, and the way back in leads to this form. */
    signedOut(data, news) {
      this.failed = false;
      this.sent = data.toString();
      this.tell(news);
    }

    /** Somebody else wrote here too: the button of the form shows both texts. */
    stop(news) {
      this.stopped = true;
      this.tell(news);
    }

    tell(news) {
      this.say(news.text, true);
      if (!news.href || !this.line) return;
      const link = Object.assign(document.createElement('a'), { href: news.href, textContent: news.link || news.href });
      this.line.append(' ', link);
    }

    say(text, wrong = false) {
      if (!this.line) return;
      this.line.classList.toggle('failed', wrong);
      if (this.line.textContent !== text) this.line.textContent = text;
    }
  }

  const keepers = new Map();
  for (const form of all('form[data-autosave]')) keepers.set(form, new Keeper(form, form.action));
  for (const form of all('form[data-draft]')) {
    const keeper = new Keeper(form, form.dataset.draft);
    keepers.set(form, keeper);
    // A draft that fails is no loss while the page is open, so nobody is bothered with it; nor asked whether to leave.
    keeper.say = ((say) => (text, wrong) => { if (text || !wrong) say.call(keeper, text, wrong); })(keeper.say);
  }

  // ---------- Forms ----------

  /** A form is sent once, however often the button is pressed. */
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-disabled', 'true');
  });
  window.addEventListener('pageshow', () => {
    for (const form of all('form[data-sent]')) delete form.dataset.sent;
    for (const button of all('button[aria-disabled]')) button.removeAttribute('aria-disabled');
  });

  document.getElementById('problems')?.focus();
  document.addEventListener('click', (event) => {
    const link = event.target.closest('.problems a[href^="#"]');
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    const input = place.matches('input, select, textarea') ? place : place.querySelector('input:checked, input, select, textarea');
    place.scrollIntoView({ block: 'center' });
    (input || place).focus({ preventScroll: true });
  });

  /** Another block of the same questions, from the template beside it; numbered by `__n__`. */
  document.addEventListener('click', (event) => {
    const add = event.target.closest('button[data-add]');
    if (add) {
      event.preventDefault();
      const place = document.getElementById(add.dataset.into);
      const numbers = all('[name]', place).map((input) => Number((input.name.match(/\.(\d+)\./) || [])[1]) || 0);
      const number = String(Math.max(0, ...numbers) + 1);
      const block = document.createElement('template');
      block.innerHTML = document.getElementById(add.dataset.add).innerHTML.replaceAll('__n__', number);
      const added = block.content.firstElementChild;
      place.append(block.content);
      added.querySelector('input, select')?.focus();
    }
    const remove = event.target.closest('button[data-remove]');
    if (remove) {
      event.preventDefault();
      const block = remove.closest(remove.dataset.remove);
      const form = remove.form;
      (block.previousElementSibling?.querySelector('input, select') || form).focus();
      block.remove();
      form.dispatchEvent(new Event('input'));
    }
  });

  // ---------- When the session is over ----------

  /** Takes a page off the screen when its session is over, and brings it back to nobody but its owner. */
  class Watch {
    /** Ask again at least so often, in milliseconds: a session can be ended elsewhere. */
    static often = 300000;

    constructor(body) {
      this.address = body.dataset.session;
      this.person = body.dataset.person;
      this.typed = new Map(all('main form').map((form) => [form, contents(form).toString()]));
      for (const event of ['pageshow', 'focus']) window.addEventListener(event, () => this.ask());
      document.addEventListener('visibilitychange', () => { if (!document.hidden) this.ask(); });
    }

    async ask() {
      clearTimeout(this.timer);
      try {
        const answer = await fetch(this.address, { headers, credentials: 'same-origin', cache: 'no-store' });
        if (!answer.ok) throw new Error(String(answer.status));
        const left = await answer.json();
        if (left.person === this.person) return this.goOn(left);
        // Nobody is signed in any more, or somebody else is.
        return left.seconds > 0 && this.over ? window.location.reload() : this.cover();
      } catch {
        // Out of reach: by the clock of the page it ends all the same.
        if (this.end && Date.now() >= this.end) return this.cover();
        this.later(30000);
      }
    }

    later(milliseconds) { this.timer = setTimeout(() => this.ask(), milliseconds); }

    goOn(left) {
      this.end = Date.now() + left.seconds * 1000;
      if (this.over) {
        if (!this.held) return window.location.reload();
        for (const input of all('input[name=_csrf]', this.held)) input.value = left.csrf;
        this.over.replaceWith(...this.held.childNodes);
        this.over = this.held = undefined;
      }
      this.later(Math.min(left.seconds * 1000 + 1000, Watch.often));
    }

    /** Whether something was typed that the server does not have. */
    hasTyped() {
      return [...this.typed].some(([form, before]) =>
        form.method === 'post' && contents(form).toString() !== before && (!keepers.has(form) || keepers.get(form).changed()));
    }

    async cover() {
      if (this.over) return;
      const told = document.getElementById('over');
      this.over = Object.assign(document.createElement('main'), { className: 'over', tabIndex: -1 });
      this.over.append(told.content.cloneNode(true));
      const title = Object.assign(document.createElement('h1'), { textContent: told.dataset.title });
      this.over.firstElementChild.prepend(title);
      const gone = document.createDocumentFragment();
      // Off the screen at once; what was typed goes to the server, which keeps it for its owner.
      document.title = 'SENtrum';
      gone.append(...document.body.childNodes);
      document.body.append(this.over);
      this.over.focus();
      await Promise.all([...keepers.values()].map((keeper) => keeper.save()));
      const link = this.over?.querySelector('a');
      if (!link) return;
      link.href = `/aanmelden?naar=${encodeURIComponent(window.location.pathname + window.location.search)}`;
      if (!this.hasTyped()) return;
      // In no document any more, so on no screen; it comes back with its owner.
      this.held = gone;
      this.over.querySelector('[data-kept]').hidden = false;
      link.target = '_blank';
      link.rel = 'noopener';
    }
  }

  if (document.body.dataset.session) new Watch(document.body).ask();

  // ---------- Small things ----------

  for (const button of all('[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const label = button.textContent;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2500);
    });
  }
  for (const button of all('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
  window.addEventListener('beforeprint', () => { for (const more of all('main details')) more.open = true; });

  for (const menu of all('details.menu')) {
    document.addEventListener('click', (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }

  // ---------- Finding while one types ----------

  /** The part of a page that holds what was found. */
  const found = async (form, signal) => {
    // Posted, so that a name stands in no address: not in the history of the browser, not in the log of a proxy.
    const answer = await fetch(form.action, {
      method: 'POST', body: contents(form), headers: { 'X-Requested-With': 'fetch' }, signal, credentials: 'same-origin',
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.getElementById('uitkomst') || page.body;
  };

  /** Calls `show` with what is found for what was typed last. */
  const finding = (form, least, show, hide) => {
    let running;
    const search = after(250, async () => {
      running?.abort();
      running = new AbortController();
      try { show(await found(form, running.signal)); } catch { /* the button still works */ }
    });
    form.addEventListener('input', () => {
      const typed = form.querySelector('[type=search]').value.trim();
      if (typed.length >= least) search();
      else hide();
    });
  };

  for (const form of all('form[data-search]')) {
    const list = form.querySelector('.found');
    const hide = () => { list.hidden = true; };
    list.setAttribute('aria-live', 'polite');
    finding(form, 2, (page) => {
      const links = all('a.row-link', page).slice(0, 6).map((link) => {
        const row = link.closest('tr, li');
        const item = Object.assign(document.createElement('a'), { href: link.getAttribute('href'), textContent: link.textContent });
        const place = row && all('td', row).slice(0, 2).map((cell) => cell.textContent.trim()).filter(Boolean).join(' · ');
        if (place) item.append(Object.assign(document.createElement('small'), { textContent: place }));
        return item;
      });
      const none = Object.assign(document.createElement('p'), { textContent: form.dataset.empty });
      list.replaceChildren(...(links.length ? links : [none]));
      list.hidden = false;
    }, hide);
    form.addEventListener('keydown', (event) => {
      const items = all('a', list);
      const at = items.indexOf(document.activeElement);
      if (event.key === 'Escape') { hide(); form.querySelector('input').focus(); }
      if (list.hidden || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
      event.preventDefault();
      (items[at + (event.key === 'ArrowDown' ? 1 : -1)] || form.querySelector('input')).focus();
    });
    document.addEventListener('focusin', (event) => { if (!form.contains(event.target)) hide(); });
    document.addEventListener('click', (event) => { if (!form.contains(event.target)) hide(); });
  }

  for (const form of all('form[data-find]')) {
    const place = document.getElementById(form.dataset.find);
    const show = (page) => { place.replaceChildren(...page.childNodes); };
    const search = after(50, () => found(form).then(show, () => {}));
    finding(form, 2, show, search);
    form.addEventListener('change', (event) => { if (event.target.tagName === 'SELECT') search(); });
  }
})();
