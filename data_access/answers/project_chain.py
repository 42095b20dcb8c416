"""From problems to the projects that answer them, counted where they lie."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data_access import contract
from data_access.answers.problem_attributes import joined_problems
from data_access.answers.projects import served_projects
from data_access.frames import read_frame
from data_access.problem_questions import ListedQuestion
from data_access.project_questions import ChainQuestion
from data_access.questions import ProjectsQuestion

_project = contract.project
_link = contract.project_problem


def problem_chain(connection: Connection, question: ChainQuestion) -> pd.DataFrame:
    """One row per combination: dimension_code, action_code, project_type, stage, problems; without a project NULL.

    Projects the viewer may not see answer nothing here.
    """
    listed = ListedQuestion(area=question.area, today=question.today, viewer=question.viewer)
    problems = joined_problems(listed)
    visible = served_projects(connection, ProjectsQuestion(viewer=question.viewer))
    answered = (
        select(_link.c.problem_code, _project.c.action_code, _project.c.project_type, _project.c.stage)
        .join(_project, _project.c.project_code == _link.c.project_code)
        .join(visible, visible.c.project_code == _link.c.project_code)
        .subquery("answered")
    )
    keys = (problems.c.root_dimension_code, answered.c.action_code, answered.c.project_type, answered.c.stage)
    counted = (
        select(keys[0].label("dimension_code"), *keys[1:], func.count().label("problems"))
        .select_from(problems)
        .outerjoin(answered, answered.c.problem_code == problems.c.problem_code)
        .group_by(*keys)
        .order_by(*keys)
    )
    return read_frame(connection, counted)
