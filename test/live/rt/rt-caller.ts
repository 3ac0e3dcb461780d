/** An answer of REST2. */
export interface RtAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the answer; its text where it is none. */
  readonly body: unknown;
}

/** Raw calls of REST2 as somebody: what the provider's side does, and what tests look at. */
export interface RtCaller {
  /** Any call; `path` below `/REST/2.0`. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<RtAnswer>;
  /** A call that has to work. @throws Error when it does not */
  get<Answer>(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
}

/** Makes the calls of somebody with a token. `base` ends in `/REST/2.0`. */
export function createCaller(base: string, token: string): RtCaller {
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RtAnswer> {
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      headers: { Authorization: `token ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  }
  async function must<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await call(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Answer;
  }
  return {
    call,
    get: (path, query = {}) => {
      const text = new URLSearchParams(query).toString();
      return must('GET', text === '' ? path : `${path}?${text}`);
    },
    post: (path, body) => must('POST', path, body),
    put: (path, body) => must('PUT', path, body),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
