"use strict";
/* Tokens: which are good, and taking that away. Their text is never shown. */

const TOKENS_SHOWN = 100;
const TOKEN_KINDS = { valid: "good", expired: "warn", revoked: "bad" };

function tokenRow(id) {
    const client = element("span");
    const scopes = element("span", { class: "faint" });
    const state = element("span", { class: "badge" });
    const expiry = element("span", { class: "faint" });
    const revoke = actionButton("Revoke", byId("tokens"), async () => {
        await callApi("DELETE", tenantPath(chosen.tenant, "tokens", id));
        tokensPanel.refresh();
        byId("tokens-revoke").focus();
    }, { class: "quiet", "aria-label": `Revoke ${id}` });
    return {
        root: element("tr", {}, element("th", { scope: "row" }, id),
            element("td", { class: "wrap" }, client, " ", scopes),
            element("td", {}, state, " ", expiry), element("td", {}, revoke)),
        update(token) {
            setText(client, token.client_id);
            setText(scopes, counted(token.scopes.length, "scope"));
            setAttribute(scopes, "title", token.scopes.join(" "));
            setText(state, token.state);
            setAttribute(state, "data-kind", TOKEN_KINDS[token.state] ?? "plain");
            setText(expiry, token.state === "valid"
                ? sinceStart(token.expires_ms, false) : "");
            revoke.disabled = token.state !== "valid";
        },
    };
}

const tokenList = new RowList(byId("tokens-rows"), (token) => token.id, tokenRow);

const tokensPanel = new Panel("tokens",
    (tenant) => callApi("GET", tenantPath(tenant, "tokens")),
    (answer) => {
        const { tokens } = answer;
        setText(byId("tokens-count"), countText(tokens));
        tokenList.show(tokens.toReversed().slice(0, TOKENS_SHOWN));
    }, 500);

function startTokens() {
    const button = byId("tokens-revoke");
    button.addEventListener("click", () => attempt(byId("tokens"), button, async () => {
        await callApi("DELETE", tenantPath(chosen.tenant, "tokens"));
        tokensPanel.refresh();
    }));
}
