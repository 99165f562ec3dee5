"use strict";
/* A part of the page that shows something of the chosen tenant. */

/** The name of the tenant that the page shows. */
const chosen = { tenant: "default" };

/**
 * Loads and shows; refresh() may be called for every event: it asks the fake once at a time and not
 * more often than every `pause` ms, and never shows one tenant's data under another's name.
 */
class Panel {
    constructor(id, load, show, pause = 200) {
        this.section = byId(id);
        this.load = load;
        this.show = show;
        this.pause = pause;
        this.isBusy = false;
        this.isWanted = false;
    }

    refresh() {
        if (!isInView(this.section)) {
            return;
        }
        this.isWanted = true;
        if (!this.isBusy) {
            this.run();
        }
    }

    async run() {
        this.isBusy = true;
        while (this.isWanted) {
            this.isWanted = false;
            await this.once();
            await new Promise((resolve) => setTimeout(resolve, this.pause));
        }
        this.isBusy = false;
    }

    async once() {
        const { tenant } = chosen;
        try {
            const loaded = await this.load(tenant);
            if (tenant === chosen.tenant) {
                this.show(loaded);
                this.clearOwnError();
            }
        } catch (error) {
            // That the connection is lost stands at the top already.
            if (error.status !== 0 && tenant === chosen.tenant) {
                this.hasOwnError = true;
                showError(this.section, error);
            }
        }
    }

    /** Leaves the error of an action in place: only the reader's next action takes that away. */
    clearOwnError() {
        if (this.hasOwnError) {
            this.hasOwnError = false;
            showError(this.section, null);
        }
    }
}
