// A client's tests against the fake, with nothing but Node 18.
//
//   node --test retry.test.mjs     COGMOCK=PROGRAM names the fake; otherwise it is found in PATH
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

// The client that is tested: fetches a token, and tries once more on a 503.
async function fetchToken(base) {
    const options = {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa('dev-client:dev-secret')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
    };
    let answer = await fetch(`${base}/oauth/token`, options);
    if (answer.status === 503) {
        answer = await fetch(`${base}/oauth/token`, options);
    }
    if (!answer.ok) {
        throw new Error(`status ${answer.status}`);
    }
    return (await answer.json()).access_token;
}

// Starts the fake, and waits until it is ready.
async function startFake(...flags) {
    const child = spawn(process.env.COGMOCK ?? 'cogmock', ['serve', '--port', '0', '--quiet', ...flags],
        { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    if (typeof line !== 'string') {
        throw new Error(`cogmock ended with ${line}`);
    }
    const stop = async () => {
        child.kill();
        await ended;
    };
    return { ready: JSON.parse(line), stop };
}

// A world of one test's own.
function tenant({ base_url: base, control_url: control }, name) {
    async function ask(method, path, body) {
        const answer = await fetch(`${control}/tenants/${name}${path}`, {
            method,
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
        });
        const text = await answer.text();
        assert.ok(answer.ok, text);
        return JSON.parse(text);
    }
    return {
        base: base.replace('/api/v1', `/t/${name}/api/v1`),
        arm: (fault) => ask('POST', '/faults', fault),
        verify: (expectation) => ask('POST', '/verify', expectation),
    };
}

let fake;
before(async () => {
    fake = await startFake();
});
after(() => fake.stop());

test('a token is fetched at the second attempt', async () => {
    const mine = tenant(fake.ready, 'second-attempt');
    await mine.arm({ call: 'token', times: 1, inject: { status: 503 } });
    assert.ok(await fetchToken(mine.base));
    await mine.verify({ call: 'token', count: 2 });
    await mine.verify({ call: 'token', status: 503, count: 1 });
});

test('it gives up after two attempts', async () => {
    const mine = tenant(fake.ready, 'gives-up');
    await mine.arm({ call: 'token', inject: { status: 503 } });
    await assert.rejects(fetchToken(mine.base), /status 503/);
    await mine.verify({ call: 'token', count: 2 });
});
