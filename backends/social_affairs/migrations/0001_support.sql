CREATE TABLE beneficiary_group (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9_]{1,40}$'),
    title text NOT NULL
);

INSERT INTO beneficiary_group (code, title) VALUES
    ('elderly_alone', 'Người cao tuổi không có người phụng dưỡng'),
    ('elderly_poor', 'Người cao tuổi thuộc hộ nghèo, hộ cận nghèo'),
    ('severe_disability', 'Người khuyết tật nặng, đặc biệt nặng'),
    ('hiv_poor', 'Người nhiễm HIV/AIDS thuộc hộ nghèo'),
    ('orphan', 'Trẻ em không có nguồn nuôi dưỡng'),
    ('single_parent_poor', 'Người đơn thân nghèo đang nuôi con');

-- Whom the commune supports. Stale, wrong or missing records are a clerk's business to mend.
CREATE TABLE beneficiary (
    personal_number text PRIMARY KEY CHECK (personal_number ~ '^[0-9]{12}$'),
    full_name text NOT NULL,
    date_of_birth date NOT NULL,
    social_groups text[] NOT NULL DEFAULT '{}',
    social_pension boolean NOT NULL DEFAULT false,
    missing boolean NOT NULL DEFAULT false,
    as_of timestamptz NOT NULL
);

-- Mức chuẩn trợ giúp xã hội: what funeral support is reckoned from.
CREATE TABLE social_standard (
    valid_from date PRIMARY KEY,
    amount bigint NOT NULL CHECK (amount > 0),
    basis text NOT NULL
);

INSERT INTO social_standard (valid_from, amount, basis) VALUES
    ('2021-07-01', 360000, 'NĐ 20/2021/NĐ-CP'),
    ('2024-07-01', 500000, 'NĐ 76/2024/NĐ-CP'),
    ('2026-07-01', 540000, 'NĐ 335/2026 (hệ số chưa kiểm chứng)');
