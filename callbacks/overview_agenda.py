"""What to ask about: late projects and the problems that pile up."""

from typing import Any

from analysis.agenda import late_projects, problems_by_subject
from callbacks.scene import Scene
from data_access.questions import ProblemsQuestion, ProjectsQuestion
from layouts.components import agenda
from layouts.components.panel import panel


def projects_panel(at: Scene) -> list[Any]:
    asked = ProjectsQuestion(area=at.area, viewer=at.viewer)
    projects = at.store.projects(asked)
    late = late_projects(projects, at.store.project_progress(asked), at.today)
    aside = at.texts("projects.late_of", late=len(late), total=len(projects)) if len(projects) else ""
    return panel(at.texts("projects.title"), agenda.late_projects(at.formatter, late, len(projects)), aside)


def problems_panel(at: Scene) -> list[Any]:
    problems = at.store.problems(ProblemsQuestion(area=at.area, viewer=at.viewer))
    subjects = problems_by_subject(problems, at.today)
    body = agenda.problem_subjects(at.formatter, subjects, at.catalogue)
    return panel(at.texts("problems.title"), body, _problems_aside(at, len(problems), int(subjects["overdue"].sum())))


def _problems_aside(at: Scene, listed: int, overdue: int) -> str:
    if not listed:
        return ""
    return at.texts(
        "problems.overdue_of", listed=at.formatter.number(listed, 0), overdue=at.formatter.number(overdue, 0)
    )
