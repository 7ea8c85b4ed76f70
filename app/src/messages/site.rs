//! The public pages.

#[derive(Debug)]
pub struct Site {
    pub sign_in: &'static str,
    pub start: &'static str,
    pub footer: &'static str,
    pub navigation: &'static str,
    pub footer_navigation: &'static str,
    pub product: &'static str,
    pub pricing: &'static str,
    pub title: &'static str,
    pub eyebrow: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub description: &'static str,
    pub picture: Picture,
    pub facts: [Fact; 4],
    pub features_title: &'static str,
    pub features_text: &'static str,
    pub features: [Feature; 6],
    pub demo_title: &'static str,
    pub demo_text: &'static str,
    /// Over the same ways in on the page to sign in on.
    pub demo_sign_in: &'static str,
    pub demo_people_title: &'static str,
    pub demo_people: [DemoPerson; 10],
    pub demo_tools: DemoTools,
    pub enter: fn(&str) -> String,
    pub demo_bills_title: &'static str,
    pub demo_bills_text: &'static str,
    pub demo_bills: [DemoBills; 14],
    pub enter_organization: fn(&str) -> String,
    pub close_title: &'static str,
    pub close_text: &'static str,
    pub terminal: &'static str,
}

/// A piece of the sample as it looks, for who has not been inside yet.
#[derive(Debug)]
pub struct Picture {
    /// What it shows, for screen readers.
    pub label: &'static str,
    pub organization: &'static str,
    pub trial: &'static str,
    pub project: &'static str,
    pub count: &'static str,
    pub tasks: [PictureTask; 4],
    pub usage: &'static str,
    pub used: &'static str,
}

#[derive(Debug)]
pub struct PictureTask {
    pub icon: ui::IconName,
    pub title: &'static str,
    pub detail: &'static str,
    pub badge: Option<(ui::Tone, &'static str)>,
}

/// Something that is so, and that a test holds to.
#[derive(Debug)]
pub struct Fact {
    pub figure: &'static str,
    pub text: &'static str,
}

#[derive(Debug)]
pub struct Feature {
    pub icon: ui::IconName,
    pub title: &'static str,
    pub text: &'static str,
}

/// The developer's pages, as the demo names them.
#[derive(Debug)]
pub struct DemoTools {
    pub text: &'static str,
    pub mailbox: &'static str,
    pub payments: &'static str,
    pub clock: &'static str,
}

#[derive(Debug)]
pub struct DemoPerson {
    /// The part of the address before `@demo.plinth.test`.
    pub key: &'static str,
    pub name: &'static str,
    pub text: &'static str,
}

/// An organization that is entered as its owner.
#[derive(Debug)]
pub struct DemoBills {
    /// The part of the owner's address before `@demo.plinth.test`.
    pub key: &'static str,
    pub standing: &'static str,
    pub organization: &'static str,
    pub text: &'static str,
}

pub const ENGLISH: Site = Site {
    sign_in: "Sign in",
    start: "Start free",
    footer: "Plinth, the base a B2B product stands on.",
    navigation: "Main",
    footer_navigation: "Footer",
    product: "Product",
    pricing: "Pricing",
    title: "The base your B2B product stands on",
    eyebrow: "Rust, Postgres, no outside accounts",
    headline: "Skip the half year before the first feature",
    lead: "Sign-up, organizations, roles and a database that keeps tenants apart by itself: working, tested and yours to \
           fork. Replace the sample domain and build what only you can build.",
    description: "Plinth is a full-stack Rust application to fork: identity, organizations, roles and tenant isolation \
                  over one Postgres, with pages that work without JavaScript.",
    picture: Picture {
        label: "A project with four tasks in the sample application",
        organization: "Demo Organization",
        trial: "Trial · 14 days",
        project: "Website relaunch",
        count: "3 open · 1 done",
        tasks: [
            PictureTask {
                icon: ui::IconName::HalfCircle,
                title: "Draw the first page",
                detail: "Demo Owner",
                badge: Some((ui::Tone::Info, "In progress")),
            },
            PictureTask {
                icon: ui::IconName::Circle,
                title: "Write the texts",
                detail: "Demo Member",
                badge: None,
            },
            PictureTask {
                icon: ui::IconName::Circle,
                title: "Move the domain",
                detail: "",
                badge: None,
            },
            PictureTask {
                icon: ui::IconName::Success,
                title: "Collect what the old pages say",
                detail: "",
                badge: None,
            },
        ],
        usage: "Projects in your plan",
        used: "3 of 5 used",
    },
    facts: [
        Fact {
            figure: "One command",
            text: "From a clone to a running application with its database and demo data.",
        },
        Fact {
            figure: "No accounts elsewhere",
            text: "One binary and one Postgres. Mail stays in a mailbox and payments in a sandbox on your \
                   machine until you name others.",
        },
        Fact {
            figure: "Every table guarded",
            text: "A test reads the database's catalogue and fails for a tenant table without its policy.",
        },
        Fact {
            figure: "Works without JavaScript",
            text: "Every form and every page, tested in a browser both ways. Public pages load no wasm at all.",
        },
    ],
    features_title: "What is there today",
    features_text: "Every part works in the browser, with its errors, its limits and its tests.",
    features: [
        Feature {
            icon: ui::IconName::Shield,
            title: "Identity that holds",
            text: "Passwords by argon2id, magic links, verification, a list of devices to sign out, and throttles that \
                   slow an attacker down without locking the owner out.",
        },
        Feature {
            icon: ui::IconName::Database,
            title: "Isolation by the database",
            text: "Row-level security on every tenant table, for roles that own none of them. A query that forgets its \
                   tenant returns nothing.",
        },
        Feature {
            icon: ui::IconName::Users,
            title: "Organizations and roles",
            text: "A person belongs to many organizations. What the page hides the server refuses, and the other way \
                   round.",
        },
        Feature {
            icon: ui::IconName::Bolt,
            title: "Fast pages",
            text: "Complete HTML from one binary. Only what must be alive in the browser is woken up there, from one \
                   small module.",
        },
        Feature {
            icon: ui::IconName::Mail,
            title: "Mail and jobs",
            text: "Side effects leave through the same transaction as the change: nothing is sent before commit, nothing \
                   is lost after it.",
        },
        Feature {
            icon: ui::IconName::Layers,
            title: "Made to be replaced",
            text: "Projects and tasks are the sample. They live in folders of their own, and a guide says how to put your \
                   domain in their place.",
        },
    ],
    demo_title: "Look around as",
    demo_text: "This is a demo with data of its own. Enter as somebody and try to break it.",
    demo_tools: DemoTools {
        text: "For developers:",
        mailbox: "Mailbox",
        payments: "Payments",
        clock: "Clock",
    },
    demo_sign_in: "Enter the demo without an account",
    demo_people_title: "People",
    demo_people: [
        DemoPerson {
            key: "owner",
            name: "Owner",
            text: "Everything in an organization, and its end.",
        },
        DemoPerson {
            key: "admin",
            name: "Admin",
            text: "Sees to people, roles and projects.",
        },
        DemoPerson {
            key: "billing",
            name: "Billing",
            text: "Sees to plan and bills, reads the rest.",
        },
        DemoPerson {
            key: "member",
            name: "Member",
            text: "Works on projects, changes no settings.",
        },
        DemoPerson {
            key: "guest",
            name: "Guest",
            text: "Sees the one project they were given.",
        },
        DemoPerson {
            key: "suspended",
            name: "Suspended",
            text: "Is locked out for the time being.",
        },
        DemoPerson {
            key: "limit",
            name: "Owner at the limit",
            text: "Every project and every seat of the plan is in use.",
        },
        DemoPerson {
            key: "unverified",
            name: "Unverified",
            text: "Has not proven the address yet.",
        },
        DemoPerson {
            key: "staff",
            name: "Staff",
            text: "Runs the platform that all organizations are on.",
        },
        DemoPerson {
            key: "support",
            name: "Support",
            text: "Helps organizations, and decides nothing of the house.",
        },
    ],
    enter: |who| format!("Enter as {}", who.to_lowercase()),
    demo_bills_title: "Organizations by how they stand with their bills",
    demo_bills_text: "Each is entered as its owner, who sees the bills. No money is real, and every card is made up.",
    demo_bills: DEMO_BILLS,
    enter_organization: |name| format!("Enter {name}"),
    close_title: "From a clone to a running application",
    close_text: "One command sets everything up, another runs every test.",
    terminal: "Terminal",
};

const DEMO_BILLS: [DemoBills; 14] = [
    DemoBills {
        key: "trial",
        standing: "Trial, first day",
        organization: "Fresh Start",
        text: "Two weeks to try everything, and nothing to pay yet.",
    },
    DemoBills {
        key: "trial-ending",
        standing: "Trial ending",
        organization: "Last Minute",
        text: "Two days are left, and every page says so.",
    },
    DemoBills {
        key: "trial-over",
        standing: "Trial over",
        organization: "Too Late",
        text: "Nothing was bought: it can be read and not changed.",
    },
    DemoBills {
        key: "monthly",
        standing: "Paid by the month",
        organization: "Month by Month",
        text: "Team for eight people, with an invoice for every month.",
    },
    DemoBills {
        key: "yearly",
        standing: "Paid by the year",
        organization: "Long View",
        text: "Business for twelve people, paid once a year.",
    },
    DemoBills {
        key: "canceling",
        standing: "Canceled, still running",
        organization: "On the Way Out",
        text: "Paid for until the end of the month, and can be taken back.",
    },
    DemoBills {
        key: "past-due",
        standing: "Payment failed",
        organization: "Empty Card",
        text: "The card was declined two days ago; everything works for some days more.",
    },
    DemoBills {
        key: "restricted",
        standing: "Days of grace over",
        organization: "Past Grace",
        text: "Not paid in time: it can be read until it is.",
    },
    DemoBills {
        key: "subscription-paused",
        standing: "Subscription paused",
        organization: "Winter Break",
        text: "Rests, and can be read.",
    },
    DemoBills {
        key: "canceled",
        standing: "Canceled",
        organization: "Closed Chapter",
        text: "The subscription has ended; another one can be bought.",
    },
    DemoBills {
        key: "complimentary",
        standing: "Complimentary",
        organization: "Good Friends",
        text: "Business, free of charge.",
    },
    DemoBills {
        key: "over-seats",
        standing: "Over its seats",
        organization: "Crowded Room",
        text: "Eight people on a plan for five, since yesterday.",
    },
    DemoBills {
        key: "price-mismatch",
        standing: "Price mismatch",
        organization: "Old Price",
        text: "Charged is not what the catalogue says.",
    },
    DemoBills {
        key: "shared-customer",
        standing: "Shared customer",
        organization: "Twin North",
        text: "One of two organizations that are one customer of the provider.",
    },
];
