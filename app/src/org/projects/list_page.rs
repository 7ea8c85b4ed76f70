//! The list of projects. What it shows is in its URL, so that it can be sent to somebody.

use contract::{
    iam::{MemberType, Permission},
    project::{ProjectFilter, ProjectList, ProjectQuery, ProjectSort},
    tenant::Organization,
    workspace::NamedWorkspace,
};
use leptos::prelude::*;

use super::{
    archive_project::ArchiveProject,
    delete_project::DeleteProject,
    list_empty::NoProjects,
    list_projects::list_projects,
    list_row::ProjectRows,
    restore_project::RestoreProject,
    rights,
    unarchive_project::UnarchiveProject,
    view::{list_path, project_query},
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::{
        home::home,
        refusal::{self, Refusals},
    },
    page::PageTitle,
    response::redirect_to,
    session,
};

/// Where everybody comes in: whoever may not see projects is led to what they may see.
#[component]
pub fn ProjectsPage() -> impl IntoView {
    org_page(Section::Projects, |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsRead) {
            redirect_to(&home(&session::org(organization.slug.as_str()).await?));
            return Ok(().into_any());
        }
        let query = project_query();
        let list = list_projects(organization.slug.to_string(), query.clone()).await?;
        let query = ProjectQuery {
            page: list.page,
            ..query
        };
        Ok(view! { <Projects organization=organization query=query list=list/> }.into_any())
    })
}

#[component]
fn Projects(organization: Organization, query: ProjectQuery, list: ProjectList) -> impl IntoView {
    let texts = &messages::current().projects;
    let refusals = [
        refusal::of::<ArchiveProject>(),
        refusal::of::<UnarchiveProject>(),
        refusal::of::<DeleteProject>(),
        refusal::of::<RestoreProject>(),
    ]
    .concat();
    let slug = organization.slug.to_string();
    let create = rights::may_create(&organization) && (list.used > 0 || query.filter == ProjectFilter::Bin);
    let actions = create.then(|| {
        view! { <ui::Button href=format!("/o/{slug}/projects/new") icon=ui::IconName::Plus>{texts.new}</ui::Button> }
    });
    let tabs = ProjectFilter::ALL
        .iter()
        .map(|&filter| {
            let to = ProjectQuery {
                filter,
                page: 1,
                ..query.clone()
            };
            ui::Tab::new((texts.filter)(filter), list_path(&slug, &to), filter == query.filter)
        })
        .collect::<Vec<_>>();
    let description = match organization.member_type {
        MemberType::Member => texts.description,
        MemberType::Guest => messages::current().workspaces.guest_description,
    };
    let content = if list.rows.is_empty() {
        view! { <NoProjects organization=organization query=query list=list.clone()/> }.into_any()
    } else {
        view! { <Found organization=organization query=query list=list.clone()/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=description actions=actions.into_any()/>
        <Refusals errors=refusals/>
        {list.limit.map(|limit| view! { <Usage used=list.used limit=limit/> })}
        <ui::Tabs label=texts.filters tabs=tabs/>
        {content}
    }
}

/// How much of the plan is in use, and what to do when it is all.
#[component]
fn Usage(used: u32, limit: u32) -> impl IntoView {
    let texts = &messages::current().projects;
    let hint = if used >= limit {
        texts.usage_full
    } else {
        texts.usage_near
    };
    view! {
        <ui::Meter
            label=texts.usage
            value=u64::from(used)
            max=u64::from(limit)
            text=(texts.used_of)(used, limit)
            hint=hint
        />
    }
}

#[component]
fn Found(organization: Organization, query: ProjectQuery, list: ProjectList) -> impl IntoView {
    let texts = &messages::current().projects;
    let slug = organization.slug.to_string();
    let in_bin = query.filter == ProjectFilter::Bin;
    let by = |sort| {
        list_path(
            &slug,
            &ProjectQuery {
                sort,
                page: 1,
                ..query.clone()
            },
        )
    };
    let order = |sort, order| if query.sort == sort { order } else { ui::SortOrder::None };
    let columns = if in_bin {
        vec![
            ui::Column::new(texts.column_name),
            ui::Column::new(texts.column_tasks),
            ui::Column::new(texts.column_deleted),
            ui::Column::actions(texts.column_actions),
        ]
    } else {
        vec![
            ui::Column::new(texts.column_name).sorted_by(
                by(ProjectSort::Name),
                order(ProjectSort::Name, ui::SortOrder::Ascending),
            ),
            ui::Column::new(texts.column_tasks),
            ui::Column::new(texts.column_updated).sorted_by(
                by(ProjectSort::Recent),
                order(ProjectSort::Recent, ui::SortOrder::Descending),
            ),
            ui::Column::actions(texts.column_actions),
        ]
    };
    let mut printed = ProjectRows::new(&organization, list_path(&slug, &query));
    let rows = list.rows.iter().map(|project| printed.row(project)).collect_view();
    let first = (list.page - 1) * ProjectQuery::PAGE_SIZE + 1;
    let last = (list.page * ProjectQuery::PAGE_SIZE).min(list.total);
    let pages = ui::PageLink::window(list.page, list.total.div_ceil(ProjectQuery::PAGE_SIZE), |page| {
        list_path(&slug, &ProjectQuery { page, ..query.clone() })
    });
    view! {
        <Search slug=slug.clone() query=query.clone() workspaces=list.workspaces/>
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
        <ui::Pagination
            label=texts.pages
            pages=pages
            previous_label=texts.previous
            next_label=texts.next
            summary=(texts.range)(first, last, list.total)
        />
    }
}

/// Search and order. The bin has an order of its own: what was deleted last comes first.
#[component]
pub fn Search(slug: String, query: ProjectQuery, workspaces: Vec<NamedWorkspace>) -> impl IntoView {
    let texts = &messages::current().projects;
    let workspace = (!workspaces.is_empty()).then(|| {
        let texts = &messages::current().workspaces;
        let every = ui::SelectOption::new("", texts.every_workspace);
        let named = workspaces
            .into_iter()
            .map(|one| ui::SelectOption::new(one.id.to_string(), one.name));
        let options = std::iter::once(every).chain(named).collect::<Vec<_>>();
        let selected = query.workspace.map(|id| id.to_string());
        view! { <ui::Select name="workspace" label=texts.workspace options=options selected=selected/> }
    });
    let filter = (query.filter != ProjectFilter::default())
        .then(|| view! { <input type="hidden" name="filter" value=query.filter.key()/> });
    let sort = (query.filter != ProjectFilter::Bin).then(|| {
        let options = ProjectSort::ALL
            .iter()
            .map(|&sort| ui::SelectOption::new(sort.key(), (texts.sort_by)(sort)))
            .collect::<Vec<_>>();
        view! { <ui::Select name="sort" label=texts.sort options=options selected=query.sort.key()/> }
    });
    view! {
        <form class="toolbar" method="get" action=format!("/o/{slug}/projects") role="search">
            {filter}
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=texts.search
                placeholder=texts.search_placeholder
                value=query.search
                autocomplete="off"
                max_length=100
            />
            {workspace}
            {sort}
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
    }
}
